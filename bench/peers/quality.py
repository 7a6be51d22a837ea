"""quality.py AWASE-EVAL-ARGUMENTS: asks the library implicit the questions of `awase eval`, and puts its answers beside
awase's.

    tools/dev bench-quality --dataset map.yaml --orders orders.csv

What is asked and how it is judged: docs/evaluation.md. implicit learns from the same orders; for a product it is asked
for similar_items, for a cart it recommends to a user who has the cart, as its makers mean it. Its neighbourhoods hold 500
products instead of its default of 20. Prints a table, and with --out FILE writes JSON.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender
from scipy.sparse import csr_matrix

NEIGHBOURS = 500
DRAWS = 500  # of the bootstrap
LISTED = 10
RECOMMENDERS = {
    "implicit bm25": lambda: BM25Recommender(K=NEIGHBOURS, K1=1.2, B=0.75),
    "implicit tfidf": lambda: TFIDFRecommender(K=NEIGHBOURS),
    "implicit cosine": lambda: CosineRecommender(K=NEIGHBOURS),
}


def read_rows(path):
    with path.open(encoding="ascii", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


def read_questions(folder):
    """Orders × products, the questions about lists and those about carts."""
    pairs = np.loadtxt(folder / "learned_from.csv", dtype=np.int64, delimiter=",", skiprows=1, ndmin=2)
    lists = [(int(anchor), [int(t) for t in targets.split()]) for anchor, targets in read_rows(folder / "lists.csv")]
    carts = [([int(p) for p in cart.split()], int(hidden)) for cart, hidden in read_rows(folder / "carts.csv")]
    orders = csr_matrix((np.ones(len(pairs), dtype=np.float64), (pairs[:, 0], pairs[:, 1])))
    return orders, lists, carts


def ndcg(ranked, targets):
    gains = 1 / np.log2(np.arange(2, LISTED + 2))
    hits = [gain for product, gain in zip(ranked, gains) if product in targets]
    return sum(hits) / gains[:len(targets)].sum()


def estimate(values, draws):
    """The mean with its 95 % percentile bootstrap interval."""
    values = np.asarray(values, dtype=np.float64)
    means = values[draws].mean(axis=1)
    return {"value": values.mean(), "low": np.quantile(means, 0.025), "high": np.quantile(means, 0.975)}


def ask_lists(model, lists):
    scores, shown = [], set()
    for anchor, targets in lists:
        ids, similarities = model.similar_items(anchor, N=LISTED + 1)
        ranked = [int(i) for i, s in zip(ids, similarities) if i != anchor and s > 0][:LISTED]
        shown.update(ranked)
        scores.append(ndcg(ranked, set(targets)))
    return scores, len(shown)


def ask_carts(model, carts, products):
    """The rank of the hidden product among all that are not in the cart and that the model ranks at all."""
    hits, reciprocal = [], []
    for cart, hidden in carts:
        user = csr_matrix((np.ones(len(cart)), ([0] * len(cart), cart)), shape=(1, products))
        scores = np.asarray((user @ model.similarity).todense()).ravel()
        own = scores[hidden]
        scores[cart] = -np.inf
        # Ties by product number, as everywhere else.
        ahead = np.count_nonzero(scores > own) + np.count_nonzero(scores[:hidden] == own)
        rank = 1 + ahead if own > 0 else 0
        hits.append(0 < rank <= LISTED)
        reciprocal.append(1 / rank if rank else 0)
    return hits, reciprocal


def ask_implicit(folder, seed):
    orders, lists, carts = read_questions(folder)
    known = np.count_nonzero(orders.getnnz(axis=0))
    random = np.random.default_rng(seed)
    list_draws = random.integers(0, len(lists), (DRAWS, len(lists)))
    cart_draws = random.integers(0, len(carts), (DRAWS, len(carts)))
    answers = []
    for name, make in RECOMMENDERS.items():
        model = make()
        model.fit(orders, show_progress=False)
        scores, shown = ask_lists(model, lists)
        hits, reciprocal = ask_carts(model, carts, orders.shape[1])
        answers.append({"ranker": name, "ndcg_at_10": estimate(scores, list_draws), "coverage_at_10": shown / known,
                        "cart_hr_at_10": estimate(hits, cart_draws), "cart_mrr": estimate(reciprocal, cart_draws)})
    return answers


def of_awase(evaluation):
    """The rankers of `awase eval --format json`; the first is the version."""
    carts = {cart["ranker"]: cart for cart in evaluation["carts"]}
    answers = []
    for answer in evaluation["lists"]:
        cart = carts.get(answer["ranker"])
        name = f"awase {answer['ranker']}" if answer["kind"] == "version" else answer["ranker"]
        answers.append({"ranker": name, "ndcg_at_10": answer["ndcg_at_10"], "coverage_at_10": answer["coverage_at_10"],
                        "cart_hr_at_10": cart and cart["hr_at_10"], "cart_mrr": cart and cart["mrr"]})
    return answers


def cell(estimate_):
    return f"{estimate_['value']:.4f} [{estimate_['low']:.4f}, {estimate_['high']:.4f}]" if estimate_ else "–"


def table(answers):
    rows = ["| ranker | NDCG@10 | coverage@10 | carts: HR@10 | carts: MRR |", "|---|---|---|---|---|"]
    rows += [f"| {a['ranker']} | {cell(a['ndcg_at_10'])} | {a['coverage_at_10']:.3f} | {cell(a['cart_hr_at_10'])} | "
             f"{cell(a['cart_mrr'])} |" for a in answers]
    return "\n".join(rows)


def main(awase, arguments):
    out = None
    if "--out" in arguments:
        at = arguments.index("--out")
        out = pathlib.Path(arguments[at + 1])
        del arguments[at:at + 2]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([awase, "eval", *arguments, "--questions", folder, "--format", "json"],
                              stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            return done.returncode  # it has said why
        answers = of_awase(json.loads(done.stdout)) + ask_implicit(pathlib.Path(folder), seed=1)
    print(table(answers))
    if out:
        out.write_text(json.dumps({"arguments": arguments, "answers": answers}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
