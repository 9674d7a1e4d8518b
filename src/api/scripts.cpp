#include "api/scripts.h"

#include <utility>

#include "access/access_service.h"
#include "api/registrar.h"
#include "api/script_shape.h"
#include "surveys/survey_service.h"

namespace hustings::api {

ScriptShape shown(const surveys::Script& script) {
  ScriptShape shape{.id = script.id,
                    .name = script.name,
                    .version = script.version,
                    .introduction = script.introduction,
                    .closing = script.closing,
                    .questions = {},
                    .language = script.language,
                    .translations = {},
                    .saved_at = script.saved_at};
  for (const surveys::Question& question : script.questions) {
    ScriptShape::Asked asked{.id = question.id,
                             .key = question.key,
                             .kind = question.kind,
                             .text = question.text,
                             .choices = question.choices,
                             .branches = {},
                             .rotates = question.rotates,
                             .asked_if = {}};
    for (const surveys::Branch& branch : question.branches)
      asked.branches.push_back({branch.choice, branch.to});
    for (const surveys::Alternative& alternative : question.asked_if) {
      AlternativeShape& one = asked.asked_if.emplace_back();
      for (const surveys::Condition& condition : alternative.all)
        one.all.push_back({condition.question, condition.choice, condition.is_not});
    }
    shape.questions.push_back(std::move(asked));
  }
  for (const surveys::Translation& translation : script.translations) {
    TranslationShape words{translation.language, translation.introduction, translation.closing, {}};
    for (const surveys::QuestionWords& one : translation.questions)
      words.questions.push_back({one.key, one.text, one.choices});
    shape.translations.push_back(std::move(words));
  }
  return shape;
}

namespace {

struct QuestionInput {
  static constexpr std::string_view kName = "QuestionInput";
  std::string key;
  surveys::QuestionKind kind = surveys::QuestionKind::choice;
  std::string text;
  std::vector<std::string> choices;
  std::vector<BranchShape> branches;
  bool rotates = false;
  std::vector<AlternativeShape> asked_if;
  static Fields fields() {
    return {field("key", &QuestionInput::key,
                  "Small letters, digits and _. The same key is the same question in every script.",
                  {.min_length = 1, .max_length = 40}),
            field("kind", &QuestionInput::kind,
                  "choice, scale (lowest first), text, multiple or number."),
            field("text", &QuestionInput::text, "As it is asked.",
                  {.min_length = 1, .max_length = 1000}),
            field("choices", &QuestionInput::choices, "At least two; none for text and number.",
                  {.max_length = 200,
                   .max_items = surveys::SurveyService::kChoicesMax,
                   .has_default = true}),
            field("branches", &QuestionInput::branches, "Where an answer leads; else to the next.",
                  {.max_items = surveys::SurveyService::kChoicesMax + 2, .has_default = true}),
            field("rotates", &QuestionInput::rotates,
                  "Shows the choices from another one on to each voter.", {.has_default = true}),
            field("asked_if", &QuestionInput::asked_if,
                  "Asks it only if one of these holds; none: always.",
                  {.max_items = surveys::SurveyService::kAlternativesMax, .has_default = true})};
  }
};

/// What both saving a new script and a new version take.
struct ScriptWords {
  std::string name;
  std::string introduction;
  std::string closing;
  std::vector<QuestionInput> questions;
  std::string language = "en";
  std::vector<TranslationShape> translations;
};

surveys::ScriptDraft draft_from(const ScriptWords& words) {
  surveys::ScriptDraft draft{.name = words.name,
                             .introduction = words.introduction,
                             .closing = words.closing,
                             .questions = {},
                             .language = words.language,
                             .translations = {}};
  for (const QuestionInput& question : words.questions) {
    surveys::Question asked{.id = {},
                            .key = question.key,
                            .kind = question.kind,
                            .text = question.text,
                            .choices = question.choices,
                            .branches = {},
                            .rotates = question.rotates,
                            .asked_if = {}};
    for (const BranchShape& branch : question.branches)
      asked.branches.push_back({branch.choice, branch.to});
    for (const AlternativeShape& alternative : question.asked_if) {
      surveys::Alternative& one = asked.asked_if.emplace_back();
      for (const ConditionShape& condition : alternative.all)
        one.all.push_back({condition.question, condition.choice, condition.is_not});
    }
    draft.questions.push_back(std::move(asked));
  }
  for (const TranslationShape& translation : words.translations) {
    surveys::Translation said{
        translation.language, translation.introduction, translation.closing, {}};
    for (const QuestionWordsShape& one : translation.questions)
      said.questions.push_back({one.key, one.text, one.choices});
    draft.translations.push_back(std::move(said));
  }
  return draft;
}

constexpr Limits kNameLimits{.min_length = 1, .max_length = 200};
constexpr Limits kPassageLimits{.max_length = 20'000, .has_default = true};
constexpr Limits kQuestionsLimits{.max_items = surveys::SurveyService::kQuestionsMax,
                                  .has_default = true};

constexpr Limits kLanguageLimits{.min_length = 2, .max_length = 20, .has_default = true};
constexpr Limits kTranslationsLimits{.max_items = 20, .has_default = true};

struct AddScript {
  struct Input : ScriptWords {
    static Fields fields() {
      return {field("name", &Input::name, "What people call it.", kNameLimits),
              field("introduction", &Input::introduction, "What is said first.", kPassageLimits),
              field("closing", &Input::closing, "What is said last.", kPassageLimits),
              field("questions", &Input::questions, "In their order.", kQuestionsLimits),
              field("language", &Input::language, "Of the words above.", kLanguageLimits),
              field("translations", &Input::translations, "The same in other languages.",
                    kTranslationsLimits)};
    }
  };
  using Output = ScriptShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/scripts",
            .name = "add_script",
            .summary = "Saves a new script.",
            .permission = Permission::scripts_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(
        context.services().surveys.save_script(draft_from(input), std::nullopt, context.actor())));
  }
};

struct SaveScript {
  struct Input : ScriptWords {
    ScriptId id;
    static Fields fields() {
      return {field("id", &Input::id, "The script."),
              field("name", &Input::name, "What people call it.", kNameLimits),
              field("introduction", &Input::introduction, "What is said first.", kPassageLimits),
              field("closing", &Input::closing, "What is said last.", kPassageLimits),
              field("questions", &Input::questions, "In their order.", kQuestionsLimits),
              field("language", &Input::language, "Of the words above.", kLanguageLimits),
              field("translations", &Input::translations, "The same in other languages.",
                    kTranslationsLimits)};
    }
  };
  using Output = ScriptShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/scripts/{id}",
            .name = "save_script",
            .summary = "Saves the next version of a script; callers get it with their next page.",
            .permission = Permission::scripts_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(
        TRY(context.services().surveys.save_script(draft_from(input), input.id, context.actor())));
  }
};

struct ListScripts {
  using Input = Nothing;
  using Output = Page<ScriptShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/scripts",
            .name = "list_scripts",
            .summary = "All scripts, the newest first.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    Output output;
    for (const surveys::Script& script : context.services().surveys.scripts()) {
      output.items.push_back(shown(script));
    }
    return output;
  }
};

struct GetScript {
  struct Input {
    ScriptId id;
    static Fields fields() { return {field("id", &Input::id, "The script.")}; }
  };
  using Output = ScriptShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/scripts/{id}",
            .name = "get_script",
            .summary = "A script in its newest version.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().surveys.script(input.id)));
  }
};

struct ScriptVersionShape {
  static constexpr std::string_view kName = "ScriptVersion";
  ScriptShape script;
  std::string saved_by_name;
  static Fields fields() {
    return {field("script", &ScriptVersionShape::script, "As it was read to voters."),
            field("saved_by_name", &ScriptVersionShape::saved_by_name, "Who wrote it.")};
  }
};

struct ListScriptVersions {
  struct Input {
    ScriptId id;
    static Fields fields() { return {field("id", &Input::id, "The script.")}; }
  };
  using Output = Page<ScriptVersionShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/scripts/{id}/versions",
            .name = "list_script_versions",
            .summary = "Every version that a script had, newest first, at most 200.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto versions = TRY(context.services().surveys.versions(input.id));
    std::vector<std::string> writers;
    for (const surveys::ScriptVersion& version : versions)
      writers.push_back(version.saved_by);
    const auto names = context.services().access.names_of(writers, context.deadline());
    Output output;
    for (const surveys::ScriptVersion& version : versions)
      output.items.push_back({shown(version.script), names.at(version.saved_by)});
    return output;
  }
};

struct ChoiceShareShape {
  static constexpr std::string_view kName = "ChoiceShare";
  std::int64_t choice = 0;
  std::string text;
  std::int64_t count = 0;
  double share = 0;
  double low = 0;
  double high = 0;
  static Fields fields() {
    return {field("choice", &ChoiceShareShape::choice, "Its number, from 1."),
            field("text", &ChoiceShareShape::text, "Its words."),
            field("count", &ChoiceShareShape::count, "Voters whose newest answer it is."),
            field("share", &ChoiceShareShape::share, "Of those who answered; 0 for n = 0."),
            field("low", &ChoiceShareShape::low, "Lower end of the 95 % interval (Wilson)."),
            field("high", &ChoiceShareShape::high, "Upper end.")};
  }
};

struct GetQuestionResults {
  struct Input {
    std::string key;
    static Fields fields() { return {field("key", &Input::key, "The question's key.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "QuestionResults";
    QuestionId question;
    std::string key;
    std::string text;
    std::int64_t n = 0;
    std::int64_t declined = 0;
    std::vector<ChoiceShareShape> choices;
    static Fields fields() {
      return {field("question", &Output::question, "The question."),
              field("key", &Output::key, "Its key."),
              field("text", &Output::text, "Its newest words."),
              field("n", &Output::n, "Voters who answered."),
              field("declined", &Output::declined, "Voters who would not say; not in n."),
              field("choices", &Output::choices, "In their order; none for free words.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/questions/{key}/results",
            .name = "get_question_results",
            .summary = "Each voter's newest answer to a question, counted.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const surveys::QuestionResults results = TRY(context.services().surveys.results(input.key));
    Output output{.question = results.question.id,
                  .key = results.question.key,
                  .text = results.question.text,
                  .n = results.n,
                  .declined = results.declined,
                  .choices = {}};
    for (const surveys::ChoiceShare& share : results.choices) {
      output.choices.push_back({.choice = share.choice,
                                .text = share.text,
                                .count = share.count,
                                .share = share.share,
                                .low = share.low,
                                .high = share.high});
    }
    return output;
  }
};

}  // namespace

void add_scripts(Registrar& registrar) {
  registrar.add<ListScripts>();
  registrar.add<AddScript>();
  registrar.add<GetScript>();
  registrar.add<SaveScript>();
  registrar.add<ListScriptVersions>();
  registrar.add<GetQuestionResults>();
}

}  // namespace hustings::api
