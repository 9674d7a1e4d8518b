#include "api/forms.h"

#include <iterator>

#include <fmt/format.h>

#include "api/result_input.h"
#include "api/script_shape.h"
#include "base/csv.h"
#include "base/text.h"
#include "forms/form_service.h"

namespace hustings::api {
namespace {

using forms::FormId;

struct FormShape {
  static constexpr std::string_view kName = "Form";
  FormId id;
  std::string name;
  ListId list;
  std::string list_name;
  ScriptId script;
  std::string script_name;
  std::int64_t script_version = 0;
  Instant expires_at;
  std::optional<Instant> closed_at;
  Instant created_at;
  std::int64_t links = 0;
  std::int64_t opened = 0;
  std::int64_t begun = 0;
  std::int64_t done = 0;
  std::optional<double> rr1;
  static Fields fields() {
    using S = FormShape;
    return {field("id", &S::id, "The form."),
            field("name", &S::name, "What voters see above it."),
            field("list", &S::list, "Who is asked."),
            field("list_name", &S::list_name, "That list's name."),
            field("script", &S::script, "What is asked."),
            field("script_name", &S::script_name, "That script's name."),
            field("script_version", &S::script_version, "The version that the form keeps asking."),
            field("expires_at", &S::expires_at, "Until when it can be filled in."),
            field("closed_at", &S::closed_at, "When it was closed before that."),
            field("created_at", &S::created_at, "When it was made."),
            field("links", &S::links, "Voters who have a link."),
            field("opened", &S::opened, "Who opened it."),
            field("begun", &S::begun, "Who answered something and is not done (AAPOR: partial)."),
            field("done", &S::done, "Who is done (AAPOR: complete)."),
            field("rr1", &S::rr1, "AAPOR response rate 1: done over all links.")};
  }
};

FormShape shown(const forms::Form& form) {
  FormShape shape{.id = form.id,
                  .name = form.name,
                  .list = form.list,
                  .list_name = form.list_name,
                  .script = form.script,
                  .script_name = form.script_name,
                  .script_version = form.script_version,
                  .expires_at = form.expires_at,
                  .closed_at = form.closed_at,
                  .created_at = form.created_at,
                  .links = form.links,
                  .opened = form.opened,
                  .begun = form.begun,
                  .done = form.done,
                  .rr1 = std::nullopt};
  if (form.links > 0) {
    shape.rr1 = static_cast<double>(form.done) / static_cast<double>(form.links);
  }
  return shape;
}

struct ListForms {
  using Input = Nothing;
  using Output = Page<FormShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/forms",
            .name = "list_forms",
            .summary = "Web forms, the newest 200.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    Output out;
    for (const forms::Form& form : context.services().forms.forms())
      out.items.push_back(shown(form));
    return out;
  }
};

struct AddForm {
  struct Input {
    std::string name;
    ListId list;
    ScriptId script;
    Instant expires_at;
    static Fields fields() {
      return {field("name", &Input::name, "What voters see above it.",
                    {.min_length = 1, .max_length = forms::kFormNameBytesMax}),
              field("list", &Input::list, "Who is asked; nobody of its hold-out."),
              field("script", &Input::script, "What is asked, as it is now."),
              field("expires_at", &Input::expires_at, "Until when it can be filled in.")};
    }
  };
  using Output = FormShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/forms",
            .name = "add_form",
            .summary = "A script as a web form that the voters of a list fill in themselves.",
            .permission = Permission::scripts_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().forms.create({.name = std::string(trim(input.name)),
                                                      .list = input.list,
                                                      .script = input.script,
                                                      .expires_at = input.expires_at,
                                                      .actor = context.actor()})));
  }
};

struct OneForm {
  FormId id;
  static Fields fields() { return {field("id", &OneForm::id, "The form.")}; }
};

struct GetForm {
  using Input = OneForm;
  using Output = FormShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/forms/{id}",
            .name = "get_form",
            .summary = "A web form and how far it is.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().forms.get(input.id)));
  }
};

struct CloseForm {
  using Input = OneForm;
  using Output = FormShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/forms/{id}/close",
            .name = "close_form",
            .summary = "Ends a web form: nobody can fill it in any more.",
            .permission = Permission::scripts_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().forms.close(input.id, context.actor())));
  }
};

/// voter,external_id,link: to merge letters by. The only time that links can be read.
struct MakeFormLinks {
  using Input = OneForm;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/forms/{id}/links",
            .name = "make_form_links",
            .summary =
                "New personal links, as CSV, for everybody who is not done; earlier links "
                "of these end.",
            .permission = Permission::voters_export,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    net::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.push_back({"Cache-Control", "no-store"});
    response.body = "voter,external_id,link\r\n";
    for (const forms::FormLink& link : TRY(services.forms.make_links(input.id, context.actor()))) {
      response.body += link.voter.text() + ',';
      append_csv_cell(response.body, link.external_id);
      fmt::format_to(std::back_inserter(response.body), ",{}/form/{}\r\n", services.public_url,
                     link.token);
    }
    return response;
  }
};

/// What a voter sees; nothing of the voter is in it.
struct SheetShape {
  static constexpr std::string_view kName = "FormSheet";
  struct Given {
    static constexpr std::string_view kName = "FormAnswer";
    QuestionId question;
    std::optional<std::int64_t> choice;
    std::optional<std::string> text;
    bool declined = false;
    static Fields fields() {
      return {field("question", &Given::question, "The question."),
              field("choice", &Given::choice, "The choice's number, from 1."),
              field("text", &Given::text, "Free words, a number, or numbers of choices."),
              field("declined", &Given::declined, "Would not say.")};
    }
  };
  std::string name;
  std::string introduction;
  std::string closing;
  std::string language;
  std::vector<ScriptShape::Asked> questions;
  std::vector<TranslationShape> translations;
  std::int64_t rotation = 0;
  bool is_done = false;
  Instant expires_at;
  std::vector<Given> answers;
  static Fields fields() {
    using S = SheetShape;
    return {field("name", &S::name, "Of the form."),
            field("introduction", &S::introduction, "What is said first."),
            field("closing", &S::closing, "What is said last."),
            field("language", &S::language, "Of the words above."),
            field("questions", &S::questions, "In their order."),
            field("translations", &S::translations, "The same in other languages."),
            field("rotation", &S::rotation, "Where rotated choices begin."),
            field("done", &S::is_done, "It was sent; nothing can be changed."),
            field("expires_at", &S::expires_at, "Until when it can be filled in."),
            field("answers", &S::answers, "Of an earlier visit with the same browser only.")};
  }
};

SheetShape shown(const forms::Sheet& sheet) {
  ScriptShape script = api::shown(sheet.script);
  SheetShape shape{.name = sheet.name,
                   .introduction = std::move(script.introduction),
                   .closing = std::move(script.closing),
                   .language = std::move(script.language),
                   .questions = std::move(script.questions),
                   .translations = std::move(script.translations),
                   .rotation = static_cast<std::int64_t>(sheet.rotation),
                   .is_done = sheet.is_done,
                   .expires_at = sheet.expires_at,
                   .answers = {}};
  for (const surveys::Answer& answer : sheet.answers)
    shape.answers.push_back({answer.question, answer.choice, answer.text, answer.declined});
  return shape;
}

constexpr Limits kTokenLimits{.min_length = 1, .max_length = 100};
constexpr Limits kBrowserLimits{.max_length = 100, .has_default = true};

struct OpenForm {
  struct Input {
    std::string token;
    std::string browser;
    static Fields fields() {
      return {field("token", &Input::token, "What the link ends with.", kTokenLimits),
              field("browser", &Input::browser,
                    "Made by the page and kept in that browser: who has it gets back what it "
                    "saved.",
                    kBrowserLimits)};
    }
  };
  using Output = SheetShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/form/open",
            .name = "open_form",
            .summary = "A voter's web form. Needs no account and shows nothing of the voter.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().forms.open(
        {.token = input.token, .address = context.remote_address(), .browser = input.browser})));
  }
};

struct SaveForm {
  struct Input {
    std::string token;
    std::string browser;
    std::vector<AnswerInput> answers;
    bool is_done = false;
    static Fields fields() {
      return {field("token", &Input::token, "What the link ends with.", kTokenLimits),
              field("browser", &Input::browser, "As it was opened with.", kBrowserLimits),
              field("answers", &Input::answers, "All so far.",
                    {.max_items = surveys::SurveyService::kQuestionsMax}),
              field("done", &Input::is_done, "Sends them: nothing can be changed afterwards.",
                    {.has_default = true})};
    }
  };
  using Output = SheetShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/form/answers",
            .name = "save_form",
            .summary = "Keeps a voter's answers to go on with later, or sends them.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input& input) {
    forms::FormService::Filled filled{.answers = {}, .is_done = input.is_done};
    for (const AnswerInput& answer : input.answers) {
      filled.answers.push_back({.question = answer.question,
                                .choice = answer.choice,
                                .text = answer.text,
                                .declined = answer.declined});
    }
    return shown(TRY(context.services().forms.save(
        {.token = input.token, .address = context.remote_address(), .browser = input.browser},
        filled)));
  }
};

}  // namespace

void add_forms(Registrar& registrar) {
  registrar.add<ListForms>();
  registrar.add<AddForm>();
  registrar.add<GetForm>();
  registrar.add<CloseForm>();
  registrar.add<MakeFormLinks>();
  registrar.add<OpenForm>();
  registrar.add<SaveForm>();
}

}  // namespace hustings::api
