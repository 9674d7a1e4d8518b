#include "api/caller_changes.h"

#include <utility>

#include "api/result_input.h"

namespace hustings::api {
namespace {

struct ChangeResult {
  struct Input {
    std::string key;
    std::string of;
    std::vector<VoterResultInput> voters;
    std::optional<Instant> callback_at;
    std::optional<phonebank::CallbackBy> callback_by;
    static Fields fields() {
      return {field("key", &Input::key,
                    "A UUID that the page makes for each change: sent again, it is made once.",
                    {.min_length = 36, .max_length = 36}),
              field("of", &Input::of, "The key of the stored result.",
                    {.min_length = 36, .max_length = 36}),
              field("voters", &Input::voters,
                    "Those whose result is another; none: nothing came of the call.",
                    {.max_items = phonebank::kResultVotersMax, .has_default = true}),
              field("callback_at", &Input::callback_at, "When to call back; with callback only."),
              field("callback_by", &Input::callback_by, "Who calls back; anyone if left out.")};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "ChangedResult";
    bool repeat = false;
    static Fields fields() {
      return {field("repeat", &Output::repeat, "It was changed so before.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/results/change",
            .name = "change_result",
            .summary =
                "Makes another of a result that the caller stored within ten minutes; bars "
                "that it brought are ended.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    phonebank::ResultChange change{
        .key = input.key,
        .of = input.of,
        .caller = context.identity().person,
        .voters = {},
        .callback_at = input.callback_at,
        .callback_by = input.callback_by.value_or(phonebank::CallbackBy::anyone)};
    TRY(read_results(context, input.voters, change.voters));
    phonebank::PhonebankService& service = context.services().phonebank;
    const auto changed = TRY(service.change_result(change, context.deadline()));
    return Output{.repeat = changed.repeat};
  }
};

}  // namespace

void add_caller_changes(Registrar& registrar) { registrar.add<ChangeResult>(); }

}  // namespace hustings::api
