#include "api/xlsform.h"

#include "api/read_upload.h"
#include "api/script_shape.h"
#include "forms/xlsform.h"

namespace hustings::api {
namespace {

struct RefusalShape {
  static constexpr std::string_view kName = "FormRefusal";
  std::string sheet;
  std::int64_t row = 0;
  std::string name;
  std::string sentence;
  static Fields fields() {
    using S = RefusalShape;
    return {field("sheet", &S::sheet, "survey or choices."),
            field("row", &S::row, "As the spreadsheet shows it; 0: all of it."),
            field("name", &S::name, "Of the question."),
            field("sentence", &S::sentence, "What is not supported.")};
  }
};

struct ReadXlsform {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "FormReading";
    std::optional<ScriptShape> script;
    std::vector<RefusalShape> refusals;
    std::vector<std::string> left_out;
    static Fields fields() {
      using S = Output;
      return {field("script", &S::script, "To look at and save; null: something is refused."),
              field("refusals", &S::refusals, "Everything that is not supported."),
              field("left_out", &S::left_out, "Rows that ask nothing and are passed over.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/scripts/xlsform",
            .name = "read_xlsform",
            .summary = "An XLSForm (.xlsx) as a script, which is not saved yet.",
            .permission = Permission::scripts_write,
            .upload = true};
  }
  static Result<Output> call(Context& context, const Input&) {
    const std::string bytes = TRY(read_upload(context));
    const forms::ReadForm read = TRY(forms::read_xlsform(bytes));
    Output out{.script = std::nullopt, .refusals = {}, .left_out = read.left_out};
    for (const forms::FormRefusal& one : read.refusals)
      out.refusals.push_back({one.sheet, one.row, one.name, one.sentence});
    if (!read.refusals.empty()) return out;
    surveys::Script script;
    script.name = read.draft.name;
    script.introduction = read.draft.introduction;
    script.closing = read.draft.closing;
    script.questions = read.draft.questions;
    script.language = read.draft.language;
    script.translations = read.draft.translations;
    out.script = shown(script);
    return out;
  }
};

}  // namespace

void add_xlsform(Registrar& registrar) { registrar.add<ReadXlsform>(); }

}  // namespace hustings::api
