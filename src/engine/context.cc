#include "context.h"

#include "bound_rules.h"
#include "pins.h"
#include "plan_advice.h"
#include "resolver.h"
#include "row_caps.h"

namespace awase::engine {
namespace {

void AddSeed(Context& context, ProductIndex product) {
  if (std::find(context.seeds.begin(), context.seeds.end(), product) != context.seeds.end()) return;
  context.seeds.push_back(product);
  context.seed_roots.Add(context.model.root(product));
  const artefact::StringId type = context.model.product(product).product_type_id();
  if (type == artefact::kEmptyString) return;
  if (std::find(context.seed_types.begin(), context.seed_types.end(), type) == context.seed_types.end()) {
    context.seed_types.push_back(type);
  }
}

std::optional<CurrencyCode> CurrencyOf(const Context& context) {
  if (context.request.currency.has_value()) return context.request.currency;
  if (context.plan_fit.has_value()) return context.plan_fit->now.plan->currency;
  for (const ProductIndex seed : context.seeds) {
    if (const std::optional<Money> price = context.model.product(seed).price()) return price->currency;
  }
  return std::nullopt;
}

}  // namespace

Context ResolveContext(const Snapshot& snapshot, const Request& request, absl::Time now,
                       std::vector<std::string>& missing_ids) {
  const artefact::Model& model = snapshot.model();
  Context context{.snapshot = snapshot,
                  .model = model,
                  .request = request,
                  .placement = *snapshot.placements().Find(request.placement),
                  .now = now};
  Resolver resolver(model, missing_ids);
  for (std::size_t i = 0; i < request.product_ids.size(); ++i) {
    const std::optional<ProductIndex> product = resolver.Find(request.product_ids[i]);
    if (!product.has_value()) continue;
    if (i == 0) context.page_product = *product;
    AddSeed(context, *product);
  }
  context.anchor_count = context.seeds.size();
  for (const CartLine& line : request.cart) {
    const std::optional<ProductIndex> product = resolver.Find(line.product_id);
    if (!product.has_value()) continue;
    context.cart_roots.Add(model.root(*product));
    context.cart.push_back({*product, line.quantity});
    if (context.placement.cart_speaks) AddSeed(context, *product);
  }
  for (const std::string& id : request.already_shown_ids) {
    if (const std::optional<ProductIndex> product = resolver.Find(id)) context.shown_roots.Add(model.root(*product));
  }
  // Owned products are a customer's whole history: much of it may have left the catalogue, which is no news to anybody.
  for (const std::string& id : request.customer.owned_product_ids) {
    const std::optional<ProductIndex> product = model.Find(id);
    if (!product.has_value()) continue;
    context.owned_roots.Add(model.root(*product));
    context.owned.push_back(*product);
  }
  for (RootSet* roots : {&context.seed_roots, &context.cart_roots, &context.shown_roots, &context.owned_roots}) {
    roots->Seal();
  }
  AdvisePlan(context, resolver);
  context.currency = CurrencyOf(context);
  context.language = LanguageOf(request.language_code);
  const Snapshot::BoundRules& rules = snapshot.bound_rules();
  context.found_rules = rules.by_condition.Find(context, rules.conditions);
  FindStops(context);
  context.intent_gates = FindIntentGates(context);
  context.pins = FindPins(context);
  context.selection = FindSelectionRules(context);
  context.row_caps_by_value = FindRowCapsByValue(context);
  context.reached_caps = FindReachedCaps(context);
  return context;
}

}  // namespace awase::engine
