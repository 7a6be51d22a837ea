"""How the soak judges what it saw."""

import unittest

import soak_clients
import soak_shop
import soak_watch

CALLS = {"load": {"errors": {}, "unsent": 0}, "mixed": 0, "unknown": 0, "states_seen": 4, "first_wrong": "",
         "feed": {"acknowledged": 1, "stale": 0, "failed": 0, "first_problem": ""}}


def seen(private_kib):
    return [{"private_kib": value, "descriptors": 20, "threads": 9} for value in private_kib]


class SoakTest(unittest.TestCase):
    def test_growth_is_judged_after_the_warm_up(self):
        mib = 1024
        self.assertEqual(soak_watch.faults_of_growth(soak_watch.growth_of(seen([0] * 20 + [100 * mib] * 80))), [])
        steady = soak_watch.growth_of(seen([50 * mib + 15 * mib * i // 100 for i in range(100)]))
        self.assertEqual(soak_watch.faults_of_growth(steady), [])
        (fault,) = soak_watch.faults_of_growth(soak_watch.growth_of(seen([mib * i for i in range(100)])))
        self.assertIn("private_kib grew", fault)

    def test_every_wrong_answer_and_every_error_is_a_fault(self):
        self.assertEqual(soak_watch.faults_of_calls(CALLS), [])
        for wrong in ({"mixed": 1}, {"unknown": 1}, {"states_seen": 1},
                      {"load": {"errors": {"UNAVAILABLE": 1}, "unsent": 0}},
                      {"load": {"errors": {}, "unsent": 1}}, {"feed": {**CALLS["feed"], "stale": 1}},
                      {"feed": {**CALLS["feed"], "failed": 1}}, {"feed": {**CALLS["feed"], "acknowledged": 0}}):
            self.assertEqual(len(soak_watch.faults_of_calls({**CALLS, **wrong})), 1, wrong)

    def test_every_kind_of_client_has_its_outcomes(self):
        right = {kind: dict.fromkeys(outcomes, 1) for kind, outcomes in soak_clients.EXPECTED.items()}
        self.assertEqual(soak_watch.faults_of_clients(right, soak_clients.EXPECTED), [])
        self.assertEqual(soak_watch.faults_of_clients({**right, "http": {"right": 1, "503": 2}}, soak_clients.EXPECTED),
                         ["http: 2 times 503"])
        del right["slow"]
        self.assertEqual(soak_watch.faults_of_clients(right, soak_clients.EXPECTED), ["slow: did nothing"])

    def test_requests_are_of_all_placements_and_the_same_for_the_same_seed(self):
        requests = soak_shop.make_requests(90, 1)
        self.assertEqual({request["placement"] for request in requests}, set(soak_shop.PAGES + soak_shop.CARTS))
        self.assertEqual(requests, soak_shop.make_requests(90, 1))
        self.assertNotEqual(requests, soak_shop.make_requests(90, 2))

    def test_an_answer_is_held_against_its_own_state(self):
        class Server:
            def call_all(self, _, requests):
                return [{"model_version": "v", "rule_revision": "r", "token": "any", **request} for request in requests]

        book = soak_clients.HttpBook(Server(), [{"of": "a"}])
        book.learn()
        self.assertEqual(book.judge(0, {"model_version": "v", "rule_revision": "r", "token": "b", "of": "a"}), "right")
        self.assertEqual(book.judge(0, {"model_version": "v", "rule_revision": "r", "of": "b"}), "mixed")
        self.assertEqual(book.judge(0, {"model_version": "w", "rule_revision": "r", "of": "a"}), "unknown")


if __name__ == "__main__":
    unittest.main()
