#include "awase/config/server_config.h"

#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "awase/v1/server_config.pb.h"
#include "awase/yaml/decode_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// The findings, one by one; none when the text is good.
std::vector<std::string> FindingsOf(const std::string& text) {
  const absl::StatusOr<ServerConfig> config = ParseServerConfig("s.yaml", text);
  if (config.ok()) return {};
  EXPECT_EQ(config.status().code(), absl::StatusCode::kInvalidArgument);
  return absl::StrSplit(config.status().message(), '\n');
}

std::shared_ptr<const engine::PlacementTable> TableOf(const std::string& text) {
  absl::StatusOr<ServerConfig> config = ParseServerConfig("s.yaml", text);
  EXPECT_TRUE(config.ok()) << config.status();
  return config.ok() ? config->placements : engine::PlacementTable::BuiltIn();
}

TEST(ServerConfig, NothingSaidIsWhatIsBuiltIn) {
  EXPECT_EQ(TableOf("")->names(), engine::PlacementTable::BuiltIn()->names());
}

TEST(ServerConfig, AnOwnPlacementTreatsTheCartAsTheOneItIsLike) {
  const auto table = TableOf(
      "placements:\n"
      "- {name: thanks, like: post_purchase}\n"
      "- {name: shelf, like: product_page}\n"
      "- {name: basket, like: cart}\n");
  EXPECT_TRUE(table->Find("thanks")->cart_is_paid);
  EXPECT_TRUE(table->Find("shelf")->prices_page_product);
  EXPECT_FALSE(table->Find("basket")->cart_is_paid);
  EXPECT_FALSE(table->Find("basket")->prices_page_product);
}

TEST(ServerConfig, APlacementHasWhatItDoesNotSayFromTheOneItIsLike) {
  const auto table = TableOf(
      "placements:\n"
      "- {name: app_home, like: cart}\n"
      "- {name: shelf, like: cart, cart_speaks: false, slots: [{slot: also_bought, offers: 4}, {slot: lower}]}\n"
      "- {name: late_trial, like: trial_end}\n");
  EXPECT_EQ(table->all().size(), 12U);
  const engine::Placement& home = *table->Find("app_home");
  EXPECT_TRUE(home.cart_speaks && home.is_open_cart && !home.needs_product);
  EXPECT_THAT(home.slots, SizeIs(2));
  EXPECT_EQ(home.mask, engine::PlacementMask{1} << 9);
  const engine::Placement& shelf = *table->Find("shelf");
  EXPECT_TRUE(!shelf.cart_speaks && !shelf.is_open_cart);
  ASSERT_THAT(shelf.slots, SizeIs(2));
  EXPECT_EQ(shelf.slots[0].name, "also_bought");
  EXPECT_EQ(shelf.slots[0].count, 4U);
  EXPECT_EQ(shelf.slots[0].most, 50U);
  EXPECT_EQ(shelf.slots[1].count, 2U);
  EXPECT_TRUE(table->Find("late_trial")->ends_trial);
}

TEST(ServerConfig, RestraintIsSetPerPlacement) {
  const auto table = TableOf(
      "placements:\n"
      "- {name: calm, like: product_page, side_by_side: false, max_offers: 3, least_score: 0.25,\n"
      "   slots: [{slot: higher, priority: 5}, {slot: lower, priority: -5}]}\n"
      "- {name: usual, like: product_page}\n");
  const engine::Placement& calm = *table->Find("calm");
  EXPECT_FALSE(calm.side_by_side);
  EXPECT_EQ(calm.max_offers, 3U);
  EXPECT_EQ(calm.least_score, 0.25);
  EXPECT_EQ(calm.slots.at(0).priority, 5);
  EXPECT_EQ(calm.slots.at(1).priority, -5);
  EXPECT_TRUE(table->Find("usual")->side_by_side);
  EXPECT_EQ(table->Find("usual")->max_offers, std::nullopt);
  EXPECT_THAT(FindingsOf("placements:\n- {name: x, like: cart, max_offers: 0, least_score: 1.5, slots: [{slot: lower, "
                         "priority: 1001}]}\n"),
              ElementsAre("s.yaml:2:37: placements[0].max_offers: want 1 to 200, got 0",
                          "s.yaml:2:53: placements[0].least_score: want 0 to 1, got 1.5",
                          "s.yaml:2:90: placements[0].slots[0].priority: want -1000 to 1000, got 1001"));
}

TEST(ServerConfig, ABuiltInPlacementIsReplacedInItsPlace) {
  const auto table = TableOf("placements:\n- {name: mail, slots: [{slot: also_bought, offers: 3}]}\n");
  EXPECT_EQ(table->names(), engine::PlacementTable::BuiltIn()->names());
  EXPECT_EQ(table->MaskOf("mail"), engine::PlacementTable::BuiltIn()->MaskOf("mail"));
  ASSERT_THAT(table->Find("mail")->slots, SizeIs(1));
  EXPECT_EQ(table->Find("mail")->slots[0].count, 3U);
  EXPECT_TRUE(table->Find("mail")->cart_speaks);
}

TEST(ServerConfig, EveryMistakeIsSaidAtOnceWithItsPlace) {
  EXPECT_THAT(
      FindingsOf("placement: []\n"
                 "placements:\n"
                 "- {name: App, like: cart}\n"
                 "- {name: home, like: carts}\n"
                 "- {name: home, like: app_home}\n"
                 "- {like: cart, slots: []}\n"
                 "- {name: plain}\n"
                 "- {name: mail, like: cart}\n"
                 "- name: row\n"
                 "  like: cart\n"
                 "  slots: [{slot: also_bougth}, {slot: bundle, offers: 2}, {offers: 3}, {slot: bundle}, {slot: lower, "
                 "offers: 0}]\n"
                 "  cart_speaks: yes\n"),
      ElementsAre("s.yaml:1:1: placement: unknown key \"placement\"; did you mean \"placements\"?",
                  "s.yaml:3:10: placements[0].name: want a name of at most 64 small letters, digits and \"_\" such as "
                  "app_home, got \"App\"",
                  "s.yaml:4:22: placements[1].like: unknown placement \"carts\"; did you mean \"cart\"?",
                  "s.yaml:5:10: placements[2].name: \"home\" is there twice",
                  "s.yaml:5:22: placements[2].like: unknown placement \"app_home\"; want one of product_page, cart, "
                  "checkout, post_purchase, mail, plan_page, renewal, trial_end, usage_alert",
                  "s.yaml:6:3: placements[3]: has no name: give it one, such as name: app_home",
                  "s.yaml:6:23: placements[3].slots: is empty: name at least one slot, or take the key away for those "
                  "of the placement it is like",
                  "s.yaml:7:3: placements[4]: has no like: say which built-in placement it is like, such as like: cart",
                  "s.yaml:8:22: placements[5].like: is not for built-in placements: they are like themselves",
                  "s.yaml:11:18: placements[6].slots[0].slot: unknown slot \"also_bougth\"; did you mean "
                  "\"also_bought\"?",
                  "s.yaml:11:55: placements[6].slots[1].offers: want 1 to 1 in bundle, got 2",
                  "s.yaml:11:59: placements[6].slots[2]: has no slot: want one of bundle, also_bought, lower, higher",
                  "s.yaml:11:79: placements[6].slots[3].slot: slot bundle is named twice",
                  "s.yaml:11:110: placements[6].slots[4].offers: want 1 to 2 in lower, got 0",
                  HasSubstr("s.yaml:12:16: placements[6].cart_speaks: want true or false")));
}

TEST(ServerConfig, ThereAreAtMost64Placements) {
  std::string text = "placements:\n";
  for (int i = 0; i < 55; ++i) absl::StrAppend(&text, "- {name: p", i, ", like: cart}\n");
  EXPECT_EQ(TableOf(text)->all().size(), 64U);
  EXPECT_EQ(TableOf(text)->all().back().mask, engine::PlacementMask{1} << 63);
  absl::StrAppend(&text, "- {name: mail}\n- {name: more, like: cart}\n");
  EXPECT_THAT(FindingsOf(text),
              ElementsAre("s.yaml:58:3: placements[56]: is one too many: with those built in there may be 64"));
}

TEST(ServerConfig, TheDocumentedExamplesAreGood) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string page, ReadFile(AWASE_SOURCE_DIR "/docs/operations.md"));
  const std::vector<std::string> pieces = absl::StrSplit(page, "```yaml config\n");
  ASSERT_GT(pieces.size(), 2U);
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    EXPECT_THAT(FindingsOf(pieces[i].substr(0, pieces[i].find("```"))), ElementsAre());
  }
}

// The packaged file with the options that stand behind a "#": prose has a blank and a word there.
std::string WithAllOptions(absl::string_view text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  for (std::string& line : lines) {
    const bool is_prose = line == "#" || (absl::StartsWith(line, "# ") && !absl::StartsWith(line, "#  "));
    if (absl::StartsWith(line, "#") && !is_prose) line.erase(0, 1);
  }
  return absl::StrJoin(lines, "\n");
}

using Fields = absl::btree_set<std::string>;

void AddFieldsOf(const google::protobuf::Descriptor& type, Fields* fields) {
  for (int i = 0; i < type.field_count(); ++i) {
    fields->insert(type.field(i)->full_name());
    const google::protobuf::Descriptor* below = type.field(i)->message_type();
    if (below != nullptr && below->file() == type.file()) AddFieldsOf(*below, fields);
  }
}

void AddFieldsThatAreSet(const google::protobuf::Message& message, Fields* fields) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const google::protobuf::FieldDescriptor* field : set) {
    fields->insert(field->full_name());
    if (field->message_type() == nullptr || field->message_type()->file() != message.GetDescriptor()->file()) continue;
    if (!field->is_repeated()) AddFieldsThatAreSet(reflection.GetMessage(message, field), fields);
    for (int i = 0; field->is_repeated() && i < reflection.FieldSize(message, field); ++i) {
      AddFieldsThatAreSet(reflection.GetRepeatedMessage(message, field, i), fields);
    }
  }
}

TEST(ServerConfig, ThePackagedFileIsTheDefault) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig config, ReadServerConfig(AWASE_SOURCE_DIR "/packaging/server.yaml"));
  EXPECT_EQ(config.limits, Limits());
  EXPECT_EQ(config.placements->names(), engine::PlacementTable::BuiltIn()->names());
  EXPECT_FALSE(config.access.knows_anybody() || config.access.anonymous.has_value() || config.tls.has_value());
}

TEST(ServerConfig, ThePackagedFileNamesEveryOption) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string packaged, ReadFile(AWASE_SOURCE_DIR "/packaging/server.yaml"));
  const std::string text = WithAllOptions(packaged);
  EXPECT_THAT(FindingsOf(text), ElementsAre());
  v1::ServerConfig config;
  yaml::DecodeMessage(text, yaml::DecodeOptions(), &config);
  Fields named;
  AddFieldsThatAreSet(config, &named);
  Fields all;
  AddFieldsOf(*v1::ServerConfig::descriptor(), &all);
  EXPECT_EQ(named, all);
}

TEST(ServerConfig, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(ReadServerConfig("/no/such/server.yaml"),
              testing::StatusIs(absl::StatusCode::kNotFound, HasSubstr("/no/such/server.yaml")));
}

TEST(ServerConfig, SaysNothingOfAccessWhereTheFileDoesNot) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig config, ParseServerConfig("s.yaml", ""));
  EXPECT_FALSE(config.access.knows_anybody());
  EXPECT_FALSE(config.access.anonymous.has_value());
}

TEST(ServerConfig, PathsBeginAtTheFolderOfTheFile) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig beside, ParseServerConfig("etc/s.yaml", "access: {tokens: t}"));
  EXPECT_EQ(beside.access.token_file, "etc/t");
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig here, ParseServerConfig("s.yaml", "access: {tokens: keys/t}"));
  EXPECT_EQ(here.access.token_file, "keys/t");
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig there, ParseServerConfig("etc/s.yaml", "access: {tokens: /run/t}"));
  EXPECT_EQ(there.access.token_file, "/run/t");
}

TEST(ServerConfig, NobodyIsAnotherThingThanNothingSaid) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig nobody, ParseServerConfig("s.yaml", "access: {anonymous: []}"));
  EXPECT_EQ(nobody.access.anonymous, access::RoleSet());
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig some,
                             ParseServerConfig("s.yaml", "access: {anonymous: [storefront, operator]}"));
  EXPECT_EQ(some.access.anonymous, access::RoleSet({access::Role::kStorefront, access::Role::kOperator}));
}

TEST(ServerConfig, AccessThatIsWrongIsSaidWithItsPlace) {
  EXPECT_THAT(FindingsOf("access:\n  tokens: \"\"\n  anonymous: [operators]\n  token: x\n"),
              ElementsAre("s.yaml:2:11: access.tokens: is empty: want the path of a file",
                          HasSubstr("s.yaml:3:15: access.anonymous[0]: unknown role \"operators\"; did you mean "
                                    "\"operator\"?"),
                          HasSubstr("s.yaml:4:3: access")));
}

TEST(ServerConfig, WithoutTlsConnectionsArePlain) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig config, ParseServerConfig("s.yaml", ""));
  EXPECT_FALSE(config.tls.has_value());
}

TEST(ServerConfig, ClientsAreAskedForCertificatesWhereSomebodyVouchesForThem) {
  const std::string pair = "tls: {certificate: a.pem, key: /run/a.key";
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig alone, ParseServerConfig("etc/s.yaml", pair + "}"));
  EXPECT_EQ(alone.tls->certificate, "etc/a.pem");
  EXPECT_EQ(alone.tls->key, "/run/a.key");
  EXPECT_EQ(alone.tls->client_ca, "");
  EXPECT_EQ(alone.tls->client_certificates, tls::ClientCertificates::kNone);
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig asked, ParseServerConfig("s.yaml", pair + ", client_ca: c}"));
  EXPECT_EQ(asked.tls->client_certificates, tls::ClientCertificates::kOptional);
  AWASE_ASSERT_OK_AND_ASSIGN(const ServerConfig required,
                             ParseServerConfig("s.yaml", pair + ", client_ca: c, client_certificates: required}"));
  EXPECT_EQ(required.tls->client_certificates, tls::ClientCertificates::kRequired);
}

TEST(ServerConfig, NamesOfCertificatesHaveRoles) {
  AWASE_ASSERT_OK_AND_ASSIGN(
      const ServerConfig config,
      ParseServerConfig("s.yaml",
                        "tls: {certificate: a, key: b, client_ca: c}\n"
                        "access: {certificates: [{name: feed.shop.example, roles: [feed, storefront]}]}\n"));
  ASSERT_THAT(config.access.certificates, SizeIs(1));
  EXPECT_EQ(config.access.certificates[0].name, "feed.shop.example");
  EXPECT_EQ(config.access.certificates[0].roles, access::RoleSet({access::Role::kFeed, access::Role::kStorefront}));
}

TEST(ServerConfig, TlsThatIsWrongIsSaidWithItsPlace) {
  EXPECT_THAT(FindingsOf("tls: {key: b}\n"),
              ElementsAre("s.yaml:1:6: tls: has no certificate: want the path of a PEM file"));
  EXPECT_THAT(FindingsOf("tls: {certificate: a, key: b, client_certificates: require}\n"),
              ElementsAre(HasSubstr("tls.client_certificates: unknown word \"require\"; did you mean \"required\"?")));
  EXPECT_THAT(FindingsOf("tls: {certificate: a, key: b, client_certificates: required}\n"),
              ElementsAre(HasSubstr("tls.client_certificates: needs client_ca")));
  EXPECT_THAT(FindingsOf("access: {certificates: [{name: a}]}\n"),
              ElementsAre(HasSubstr("access.certificates: needs tls with client_ca"),
                          HasSubstr("access.certificates[0]: has no roles")));
}

TEST(ServerConfig, LimitsAreThoseOfTheFileAndElseTheDefaults) {
  AWASE_ASSERT_OK_AND_ASSIGN(
      const ServerConfig config,
      ParseServerConfig("s.yaml", "limits: {batch_requests: 10, http_idle_time: 5s, grpc_connections: 7}"));
  EXPECT_EQ(config.limits.batch_requests, 10U);
  EXPECT_EQ(config.limits.grpc_connections, 7U);
  EXPECT_EQ(config.limits.http_idle_time, absl::Seconds(5));
  EXPECT_EQ(config.limits.request_bytes, Limits().request_bytes);
  EXPECT_EQ(config.limits.http_body_time, Limits().http_body_time);
}

TEST(ServerConfig, LimitsOutOfRangeAreSaidWithTheRange) {
  EXPECT_THAT(FindingsOf("limits:\n  slow_calls: 0\n  request_bytes: 1000\n  header_time: 2h\n"),
              ElementsAre("s.yaml:2:15: limits.slow_calls: want 1 to 10000, got 0",
                          "s.yaml:3:18: limits.request_bytes: want 1024 to 1073741824, got 1000",
                          "s.yaml:4:16: limits.header_time: want 10ms to 1h, got 2h"));
}

}  // namespace
}  // namespace awase::config
