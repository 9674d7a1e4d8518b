#include "api/documents.h"

#include <set>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/endpoints.h"
#include "model/ids.h"

namespace hustings::api {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

struct Choice {
  static constexpr std::string_view kName = "Choice";
  std::string text;
  std::optional<std::string> note;
  static Fields fields() {
    return {field("text", &Choice::text, "What is shown."),
            field("note", &Choice::note, "A note.")};
  }
};

struct Script {
  static constexpr std::string_view kName = "Script";
  ScriptId id;
  std::optional<std::string> closing;
  std::vector<Choice> choices;
  JsonText rule;
  static Fields fields() {
    return {field("id", &Script::id, "The script."),
            field("closing", &Script::closing, "Said at the end."),
            field("choices", &Script::choices, "Its choices."),
            field("rule", &Script::rule, "A rule.")};
  }
};

struct ListScripts {
  struct Input {
    std::optional<std::string> cursor;
    std::int64_t limit = 50;
    static Fields fields() {
      return {
          field("cursor", &Input::cursor, "From the last page."),
          field("limit", &Input::limit, "How many.", {.min = 1, .max = 100, .has_default = true})};
    }
  };
  using Output = Page<Script>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/scripts",
            .name = "list_scripts",
            .summary = "All scripts.",
            .permission = Permission::phonebank_read,
            .topic = "scripts"};
  }
  static Result<Output> call(Context&, const Input&) { return Output{}; }
};

struct SaveScript {
  struct Input {
    ScriptId id;
    std::vector<Choice> choices;
    static Fields fields() {
      return {field("id", &Input::id, "The script."),
              field("choices", &Input::choices, "Its choices.", {.max_items = 20})};
    }
  };
  using Output = Script;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/scripts/{id}",
            .name = "save_script",
            .summary = "Saves a script.",
            .permission = Permission::scripts_write};
  }
  static Result<Output> call(Context&, const Input&) { return Output{}; }
};

class Documents : public ::testing::Test {
 protected:
  Documents() {
    registrar_.add<ListScripts>();
    registrar_.add<SaveScript>();
  }
  Registrar registrar_;
};

TEST_F(Documents, OpenApiIsJsonWithEveryEndpoint) {
  const json::value document = json::parse(openapi_document(registrar_));
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  const json::value& list = document.at("paths").at("/v1/scripts").at("get");
  EXPECT_EQ(list.at("operationId"), "list_scripts");
  EXPECT_EQ(list.at("parameters").at(1).at("schema"),
            json::parse(R"({"type":"integer","minimum":1,"maximum":100})"));
  EXPECT_EQ(list.at("parameters").at(1).at("required"), false);
  EXPECT_EQ(list.at("responses").at("200").at("content").at("application/json").at("schema"),
            json::parse(R"({"$ref":"#/components/schemas/ScriptPage"})"));
  const json::value& save = document.at("paths").at("/v1/scripts/{id}").at("post");
  EXPECT_EQ(save.at("parameters").at(0).at("in"), "path");
  const json::value& body =
      save.at("requestBody").at("content").at("application/json").at("schema");
  EXPECT_EQ(body.at("required"), json::parse(R"(["choices"])"));
  const json::value& schemas = document.at("components").at("schemas");
  EXPECT_EQ(schemas.at("Script").at("required"),
            json::parse(R"(["id","closing","choices","rule"])"));
  EXPECT_EQ(schemas.at("Choice").at("required"), json::parse(R"(["text"])"));
  EXPECT_FALSE(schemas.as_object().contains("SaveScriptInput"));
}

TEST_F(Documents, EveryReferenceInOpenApiIsThere) {
  Registrar all;
  register_all(all);
  const std::string text = openapi_document(all);
  const json::value document = json::parse(text);
  const json::object& schemas = document.at("components").at("schemas").as_object();
  static constexpr std::string_view kRef = "\"#/components/schemas/";
  int references = 0;
  for (std::size_t at = text.find(kRef); at != std::string::npos; at = text.find(kRef, at + 1)) {
    const std::size_t from = at + kRef.size();
    EXPECT_TRUE(schemas.contains(text.substr(from, text.find('"', from) - from)));
    ++references;
  }
  EXPECT_GT(references, 0);
  EXPECT_EQ(openapi_document(all), text);
}

TEST_F(Documents, TypeScriptHasTypesTableAndClient) {
  const std::string text = typescript_types(registrar_);
  EXPECT_THAT(text, HasSubstr("export interface Script {\n  /** The script. */\n  id: string;\n"
                              "  /** Said at the end. */\n  closing: string | null;\n"
                              "  /** Its choices. */\n  choices: Choice[];\n"
                              "  /** A rule. */\n  rule: JsonValue;\n}\n"));
  EXPECT_THAT(text, HasSubstr("  note?: string | null;\n"));
  EXPECT_THAT(text,
              HasSubstr("export interface ListScriptsInput {\n  /** From the last page. */\n"
                        "  cursor?: string | null;\n  /** How many. */\n  limit?: number;\n}\n"));
  EXPECT_THAT(text, HasSubstr("  listScripts: {\n    input: ListScriptsInput;\n"
                              "    output: Page<Script>;\n  };\n"));
  EXPECT_THAT(text,
              HasSubstr("  saveScript: {\n    method: \"POST\",\n    path: \"/v1/scripts/{id}\",\n"
                        "    params: [\"id\"],\n    query: [],\n    body: [\"choices\"],\n  },\n"));
  EXPECT_THAT(text, HasSubstr("  saveScript: (input: Endpoints[\"saveScript\"][\"input\"]) =>\n"
                              "    send(\"saveScript\", input),\n"));
}

TEST_F(Documents, TypeScriptKeepsItsLinesShort) {
  Registrar all;
  register_all(all);
  const std::string text = typescript_types(all);
  std::size_t from = 0;
  for (std::size_t to = text.find('\n'); to != std::string::npos; to = text.find('\n', from)) {
    EXPECT_LE(to - from, 100U) << text.substr(from, to - from);
    from = to + 1;
  }
}

struct OtherChoice {
  static constexpr std::string_view kName = "Choice";
  std::string other;
  static Fields fields() { return {field("other", &OtherChoice::other, "Another.")}; }
};
struct Clash {
  using Input = Nothing;
  using Output = OtherChoice;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/clash",
            .name = "clash",
            .summary = "Clashes.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context&, const Input&) { return Output{}; }
};

TEST_F(Documents, TwoTypesOfOneNameAreRefused) {
  registrar_.add<Clash>();
  EXPECT_THROW(typescript_types(registrar_), Failure);
}

TEST_F(Documents, EveryEndpointIsDescribed) {
  Registrar all;
  register_all(all);
  for (const Endpoint& endpoint : all.endpoints()) {
    const Spec& spec = endpoint.spec;
    EXPECT_TRUE(spec.path.starts_with("/v1/")) << spec.name;
    EXPECT_TRUE(spec.summary.ends_with('.')) << spec.name;
    std::set<std::string_view> captured;
    for (const Field* field : by_place(endpoint).path)
      captured.insert(field->name);
    for (std::size_t at = spec.path.find('{'); at != std::string_view::npos;
         at = spec.path.find('{', at + 1)) {
      const std::string_view name = spec.path.substr(at + 1, spec.path.find('}', at) - at - 1);
      EXPECT_TRUE(captured.contains(name)) << spec.name << " reads no " << name;
    }
  }
}

}  // namespace
}  // namespace hustings::api
