#include "api/list_difference.h"

#include "lists/list_service.h"

namespace hustings::api {

template <>
struct ChoiceNames<lists::Reason> {
  static constexpr std::string_view kName = "ListReason";
  static constexpr std::array<std::string_view, 7> kNames = {
      "new_voter", "now_matches", "removed", "protected", "suppressed", "no_match", "not_drawn"};
};

namespace {

struct ReasonCount {
  static constexpr std::string_view kName = "ListReasonCount";
  lists::Reason reason{};
  std::int64_t count = 0;
  static Fields fields() {
    return {field("reason", &ReasonCount::reason,
                  "Of those who joined: new_voter, now_matches. Of those who left: removed, "
                  "protected, suppressed, no_match, not_drawn (matches still)."),
            field("count", &ReasonCount::count, "How many voters.")};
  }
};

struct DifferenceLine {
  static constexpr std::string_view kName = "ListDifferenceLine";
  VoterId id;
  bool joined = false;
  std::string arm;
  lists::Reason reason{};
  static Fields fields() {
    return {field("id", &DifferenceLine::id, "The voter."),
            field("joined", &DifferenceLine::joined, "True for who joined, false for who left."),
            field("arm", &DifferenceLine::arm, "The arm, on the list that the voter is on."),
            field("reason", &DifferenceLine::reason, "Why, as far as it is known.")};
  }
};

struct CompareLists {
  struct Input {
    ListId id;
    ListId older;
    std::optional<std::string> cursor;
    std::int64_t limit = 100;
    static Fields fields() {
      return {field("id", &Input::id, "The newer list."),
              field("older", &Input::older, "The older list."),
              field("cursor", &Input::cursor, "Of the page before.", {.max_length = 100}),
              field("limit", &Input::limit, "How many voters to name.",
                    {.min = 1, .max = 1000, .has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "ListDifference";
    std::int64_t stayed = 0;
    std::int64_t changed_arm = 0;
    std::int64_t joined = 0;
    std::int64_t left = 0;
    std::vector<ReasonCount> reasons;
    std::int64_t position = 0;
    std::vector<DifferenceLine> items;
    std::optional<std::string> next;
    static Fields fields() {
      return {field("stayed", &Output::stayed, "How many are on both lists."),
              field("changed_arm", &Output::changed_arm, "How many of them are in another arm."),
              field("joined", &Output::joined, "How many are on the newer list only."),
              field("left", &Output::left, "How many are on the older list only."),
              field("reasons", &Output::reasons, "Why they joined or left."),
              field("position", &Output::position, "The feed position of the reasons."),
              field("items", &Output::items, "Who joined or left."),
              field("next", &Output::next, "The cursor of the next page; null after the last.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/lists/{id}/difference",
            .name = "compare_lists",
            .summary = "Who joined and who left between an older list and this one, and why.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    std::optional<VoterId> after;
    if (input.cursor) {
      after = VoterId::from_text(*input.cursor);
      if (!after) return invalid("This is no cursor of this list.", "cursor");
    }
    auto difference =
        TRY(context.services().lists.difference({.older = input.older,
                                                 .newer = input.id,
                                                 .after = after,
                                                 .limit = static_cast<int>(input.limit) + 1}));
    Output output{.stayed = difference.stayed,
                  .changed_arm = difference.changed_arm,
                  .joined = difference.joined,
                  .left = difference.left,
                  .reasons = {},
                  .position = difference.position,
                  .items = {},
                  .next = {}};
    for (const auto& [reason, count] : difference.reasons)
      output.reasons.push_back({reason, count});
    for (const auto& line : difference.lines) {
      if (std::ssize(output.items) == input.limit) {
        output.next = output.items.back().id.text();
        break;
      }
      output.items.push_back({line.voter, line.has_joined, line.arm, line.reason});
    }
    return output;
  }
};

}  // namespace

void add_list_difference(Registrar& registrar) { registrar.add<CompareLists>(); }

}  // namespace hustings::api
