#include <iterator>
#include <string>

#include <fmt/format.h>

#include "api/documents.h"
#include "base/text.h"

namespace hustings::api {
namespace {

using Kind = Type::Kind;
constexpr std::size_t kColumns = 100;

constexpr std::string_view kHead =
    R"(// Made by emit_api from the descriptions in src/api; do not edit.
// Ids are opaque texts, instants ISO 8601 in UTC.

export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

export interface Page<T> {
  /** The items, in the list's order. */
  items: T[];
  /** The cursor of the next page; null after the last. */
  next: string | null;
}
)";

class Writer {
 public:
  explicit Writer(const Registrar& registrar) : registrar_(registrar), types_(registrar) {}

  std::string text() {
    out_ = kHead;
    for (const auto& [name, named] : types_.all()) {
      if (named.type->suffix.empty()) append_named(name, named);
    }
    append_table();
    append_client();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + '\n'; }

  /// `before`, the parts with `between`, `after`; broken into lines where it gets too long.
  void append_wrapped(const std::string& before, const std::vector<std::string>& parts,
                      const std::string& between, const std::string& after) {
    std::string text = before;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string piece = parts[i] + (i + 1 < parts.size() ? between : after);
      const std::size_t start = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
      if (text.size() - start + piece.size() > kColumns) {
        while (text.ends_with(' '))
          text.pop_back();
        text += "\n    ";
      }
      text += piece;
    }
    if (parts.empty()) text += after;
    line(text);
  }

  void append_comment(std::string_view sentence) {
    if (sentence.empty()) return;
    std::vector<std::string> words;
    for (const std::string_view word : split(sentence, ' '))
      words.emplace_back(word);
    append_wrapped("  /** ", words, " ", " */");
  }

  std::vector<std::string> choices(const Type& type) const {
    std::vector<std::string> out;
    for (const std::string_view name : type.choices)
      out.push_back(fmt::format("\"{}\"", name));
    return out;
  }

  void append_named(const std::string& name, const NamedTypes::Named& named) {
    line("");
    if (named.type->kind == Kind::choice) {
      append_wrapped("export type " + name + " = ", choices(*named.type), " | ", ";");
      return;
    }
    if (named.type->fields().empty()) {
      line("export type " + name + " = Record<string, never>;");
      return;
    }
    line("export interface " + name + " {");
    for (const Field& field : named.type->fields()) {
      append_comment(field.sentence);
      const bool may_be_absent = field.type->kind == Kind::optional || field.limits.has_default;
      const std::string before =
          fmt::format("  {}{}: ", field.name, named.is_taken && may_be_absent ? "?" : "");
      if (field.type->kind == Kind::choice && types_.name(*field.type).empty()) {
        append_wrapped(before, choices(*field.type), " | ", ";");
      } else {
        line(before + type_text(*field.type) + ';');
      }
    }
    line("}");
  }

  std::string type_text(const Type& type) const {
    if (!type.suffix.empty()) return fmt::format("Page<{}>", type.name);
    std::string name = types_.name(type);
    if (!name.empty()) return name;
    switch (type.kind) {
      case Kind::text:
      case Kind::instant:
      case Kind::id:
        return "string";
      case Kind::boolean:
        return "boolean";
      case Kind::integer:
      case Kind::number:
        return "number";
      case Kind::json:
        return "JsonValue";
      case Kind::text_map:
        return "Record<string, string>";
      case Kind::choice:
        return join(choices(type), " | ");
      case Kind::array: {
        const Type& element = type.element();
        const bool is_union = element.kind == Kind::optional ||
                              (element.kind == Kind::choice && types_.name(element).empty());
        return is_union ? '(' + type_text(element) + ")[]" : type_text(element) + "[]";
      }
      case Kind::optional:
        return type_text(type.element()) + " | null";
      case Kind::object:
        break;
    }
    return "Record<string, never>";
  }

  /// The input as the client's functions take it: an upload also takes the file.
  std::string input_text(const Endpoint& endpoint) const {
    const std::string fields = endpoint.input->fields().empty() ? "" : types_.name(*endpoint.input);
    if (!endpoint.spec.upload) return fields.empty() ? "Record<string, never>" : fields;
    return (fields.empty() ? "" : fields + " & ") + "{ file: Blob }";
  }

  std::string output_text(const Endpoint& endpoint) const {
    return endpoint.output != nullptr ? type_text(*endpoint.output) : "Blob";
  }

  void append_table() {
    line("\n/** What each endpoint takes and gives. */\nexport interface Endpoints {");
    for (const Endpoint& endpoint : registrar_.endpoints()) {
      append_comment(endpoint.spec.summary);
      line(fmt::format("  {}: {{\n    input: {};\n    output: {};\n  }};",
                       camel_case(endpoint.spec.name, true), input_text(endpoint),
                       output_text(endpoint)));
    }
    line(
        "}\n\n/** Where each endpoint is, and which fields go where. */\nexport const endpoints = "
        "{");
    for (const Endpoint& endpoint : registrar_.endpoints()) {
      const FieldsByPlace fields = by_place(endpoint);
      line(fmt::format("  {}: {{\n    method: \"{}\",\n    path: \"{}\",",
                       camel_case(endpoint.spec.name, true), endpoint.spec.method,
                       endpoint.spec.path));
      append_names("params", fields.path);
      append_names("query", fields.query);
      append_names("body", fields.body);
      line("  },");
    }
    line("} as const;");
  }

  void append_names(const std::string& key, const std::vector<const Field*>& fields) {
    std::vector<std::string> quoted;
    for (const Field* field : fields)
      quoted.push_back(fmt::format("\"{}\"", field->name));
    append_wrapped("    " + key + ": [", quoted, ", ", "],");
  }

  void append_client() {
    line(R"(
/** Sends one request: fills the path, splits the input over query and body, reads the answer. */
export type Send = <Name extends keyof Endpoints>(
  name: Name, input: Endpoints[Name]["input"]) => Promise<Endpoints[Name]["output"]>;

/** A function for each endpoint. */
export const makeClient = (send: Send) => ({)");
    for (const Endpoint& endpoint : registrar_.endpoints()) {
      const std::string name = camel_case(endpoint.spec.name, true);
      if (endpoint.input->fields().empty() && !endpoint.spec.upload) {
        line(fmt::format("  {0}: () => send(\"{0}\", {{}}),", name));
      } else {
        line(
            fmt::format("  {0}: (input: Endpoints[\"{0}\"][\"input\"]) =>\n"
                        "    send(\"{0}\", input),",
                        name));
      }
    }
    line("});");
  }

  const Registrar& registrar_;
  const NamedTypes types_;
  std::string out_;
};

}  // namespace

std::string typescript_types(const Registrar& registrar) { return Writer(registrar).text(); }

}  // namespace hustings::api
