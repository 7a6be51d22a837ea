#include "awase/report/render.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/sha256.h"
#include "gmock/gmock.h"
#include "report/internal/assets.h"
#include "report/internal/page_data.h"

namespace awase::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr char kHostile[] = "</script><script>alert(1)</script><!-- & ' \" {{scripts}} \xE2\x80\xA8";

ReportData Data(const std::string& text) {
  ReportData data;
  data.model = text;
  data.written_at = absl::UnixEpoch();
  data.training_json = Json{{"warnings", {text}}}.dump();
  data.settings_json = "{}";
  data.best_sellers = {{text, text, 3}};
  SamplePage page;
  page.title = page.product_id = page.kind = text;
  page.lists = {{"bought_together", 3, 10, {{.product_id = text, .title = text, .together = 2}}}};
  page.rungs = {{"lower", text, text, "", ""}};
  data.pages = {page};
  families::FamilyTable family{.key = {ladder::FamilySource::kDeclared, text}};
  family.rows.push_back({.product_id = text, .title = text, .specs = {}, .steps = {}});
  data.families = {family};
  return data;
}

std::size_t CountOf(absl::string_view text, absl::string_view needle) {
  std::size_t count = 0;
  for (std::size_t at = text.find(needle); at != absl::string_view::npos; at = text.find(needle, at + 1)) ++count;
  return count;
}

TEST(RenderReport, KeepsHostileTextsAsData) {
  const std::string plain = RenderReport(Data("tea"));
  const std::string hostile = RenderReport(Data(kHostile));
  EXPECT_EQ(CountOf(hostile, "<script"), CountOf(plain, "<script"));
  EXPECT_EQ(CountOf(hostile, "</script"), CountOf(plain, "</script"));
  EXPECT_EQ(CountOf(hostile, "<!--"), CountOf(plain, "<!--"));
  EXPECT_THAT(hostile, Not(HasSubstr("<script>alert")));

  const std::string json = report_internal::PageDataJson(Data(kHostile));
  for (const char* forbidden : {"<", ">", "&", "\xE2\x80\xA8"}) EXPECT_THAT(json, Not(HasSubstr(forbidden)));
  const Json read = Json::parse(json);
  EXPECT_EQ(read["pages"][0]["title"], kHostile);
  EXPECT_EQ(read["pages"][0]["lists"][0]["entries"][0]["id"], kHostile);
  EXPECT_EQ(read["training"]["warnings"][0], kHostile);
  EXPECT_EQ(read["families"][0]["family"], kHostile);
  EXPECT_EQ(read["families"][0]["rows"][0]["title"], kHostile);
}

TEST(RenderReport, IsValidWhateverBytesADumpHeld) {
  ReportData data = Data("tea");
  data.pages[0].title = "caf\xE9 \xFF";
  EXPECT_EQ(Json::parse(report_internal::PageDataJson(data))["pages"][0]["title"], "caf\xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST(RenderReport, LetsItsOwnScriptsRunAndNoOthers) {
  const std::string page = RenderReport(Data("tea"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe-eval")));
  for (const absl::string_view script : report_internal::PageScripts()) {
    EXPECT_THAT(page, HasSubstr(absl::StrCat("<script>", script, "</script>")));
    EXPECT_THAT(page,
                HasSubstr(absl::StrCat("'sha256-", absl::Base64Escape(absl::HexStringToBytes(Sha256Hex(script))))));
    // What would end the element early, or change how a browser reads it.
    EXPECT_FALSE(absl::StrContains(script, "</script") || absl::StrContains(script, "<!--"));
  }
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  EXPECT_THAT(page, Not(HasSubstr(" src=")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, Not(HasSubstr("url(http")));
}

TEST(RenderReport, CarriesTheLicensesOfWhatIsInIt) {
  const std::string page = RenderReport(Data("tea"));
  for (const char* owner : {"Mike Bostock", "Observable, Inc.", "Mikola Lysenko"}) EXPECT_THAT(page, HasSubstr(owner));
  EXPECT_THAT(page, HasSubstr("Permission to use, copy, modify, and/or distribute"));
  EXPECT_THAT(page, HasSubstr("THE SOFTWARE IS PROVIDED &quot;AS IS&quot;"));
}

TEST(RenderReport, StaysSmall) { EXPECT_LT(RenderReport(Data("tea")).size(), 700'000u); }

}  // namespace
}  // namespace awase::report
