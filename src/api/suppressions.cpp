#include "api/suppressions.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"
#include "normalise/phone.h"
#include "registry/already_voted.h"
#include "registry/registry.h"
#include "registry/suppression_file.h"

namespace hustings::api {

Fields SuppressionShape::fields() {
  return {field("id", &SuppressionShape::id, "The suppression."),
          field("number", &SuppressionShape::number, "Acts on this number, whoever has it."),
          field("voter", &SuppressionShape::voter, "Acts on this voter."),
          field("reason", &SuppressionShape::reason,
                "do_not_call, wrong_number, disconnected, deceased, moved or already_voted."),
          field("source", &SuppressionShape::source, "Where it comes from."),
          field("at", &SuppressionShape::at, "Since when."),
          field("ended_at", &SuppressionShape::ended_at, "Until when; null: it is in force.")};
}

SuppressionShape shown(const registry::SuppressionShown& suppression) {
  SuppressionShape out{.id = suppression.id,
                       .number = std::nullopt,
                       .voter = suppression.voter,
                       .reason = std::string(to_string(suppression.reason)),
                       .source = suppression.source,
                       .at = suppression.at,
                       .ended_at = suppression.ended_at};
  if (suppression.number) out.number = phone_e164(*suppression.number);
  return out;
}

namespace {

struct AddSuppression {
  struct Input {
    std::optional<std::string> number;
    std::optional<VoterId> voter;
    std::string reason;
    std::string source;
    static Fields fields() {
      return {field("number", &Input::number, "A telephone number.", {.max_length = 40}),
              field("voter", &Input::voter, "A voter."),
              field("reason", &Input::reason,
                    "do_not_call, wrong_number, disconnected, deceased, moved or already_voted.",
                    {.min_length = 1, .max_length = 40}),
              field("source", &Input::source, "Where this comes from.",
                    {.min_length = 1, .max_length = 200})};
    }
  };
  using Output = SuppressionShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/suppressions",
            .name = "add_suppression",
            .summary = "Bars a number or a voter from being contacted, everywhere at once.",
            .permission = Permission::suppress,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    registry::Suppression suppression{.number = std::nullopt,
                                      .voter = input.voter,
                                      .reason = {},
                                      .source = std::string(trim(input.source)),
                                      .actor = context.actor()};
    const auto reason = registry::suppression_reason_from(input.reason);
    if (!reason) {
      return invalid(
          "A reason is do_not_call, wrong_number, disconnected, deceased, moved or already_voted.",
          "reason");
    }
    suppression.reason = *reason;
    if (input.number) {
      registry::Registry& registry = context.services().registry;
      suppression.number =
          normalise::callable_phone(*input.number, registry.home_country(context.deadline()));
      if (!suppression.number) {
        return invalid(
            "This is no number that can be called: (919) 555-0123, or +44 20 7946 0958 from "
            "abroad.",
            "number");
      }
    }
    return shown(TRY(context.services().registry.suppress(suppression, context.deadline())));
  }
};

struct EndSuppression {
  struct Input {
    SuppressionId id;
    static Fields fields() { return {field("id", &Input::id, "The suppression.")}; }
  };
  using Output = SuppressionShape;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/suppressions/{id}",
            .name = "end_suppression",
            .summary = "Ends a bar on contact; that it was in force stays on record.",
            .permission = Permission::suppress};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().registry.end_suppression(input.id, context.actor(),
                                                                 context.deadline())));
  }
};

Result<registry::SuppressionReason> reason_of_numbers(std::string_view text) {
  using registry::SuppressionReason;
  const auto reason = registry::suppression_reason_from(text);
  if (reason == SuppressionReason::do_not_call || reason == SuppressionReason::wrong_number ||
      reason == SuppressionReason::disconnected) {
    return *reason;
  }
  return invalid("A reason for numbers is do_not_call, wrong_number or disconnected.", "reason");
}

struct ImportSuppressions {
  struct Input {
    std::string reason;
    std::string source;
    static Fields fields() {
      return {field("reason", &Input::reason, "do_not_call, wrong_number or disconnected.",
                    {.min_length = 1, .max_length = 40}),
              field("source", &Input::source, "Where the list comes from.",
                    {.min_length = 1, .max_length = 200})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "SuppressionFile";
    std::int64_t lines = 0;
    std::int64_t numbers = 0;
    std::int64_t added = 0;
    std::int64_t voters = 0;
    std::int64_t refused = 0;
    std::vector<std::string> refusals;
    static Fields fields() {
      return {field("lines", &Output::lines, "Lines that hold something."),
              field("numbers", &Output::numbers, "Different numbers."),
              field("added", &Output::added, "Numbers that were not barred before."),
              field("voters", &Output::voters, "Voters whom the added numbers belong to."),
              field("refused", &Output::refused, "Lines without a telephone number."),
              field("refusals", &Output::refusals, "The first of them, with their place.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/suppressions/file",
            .name = "import_suppressions",
            .summary = "Bars every number of a file, one number a line: all of them or none.",
            .permission = Permission::suppress,
            .upload = true};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto reason = TRY(reason_of_numbers(input.reason));
    auto result = registry::import_suppressions(context.services().registry,
                                                {.file = context.upload().path,
                                                 .reason = reason,
                                                 .source = std::string(trim(input.source)),
                                                 .actor = context.actor()},
                                                context.deadline());
    std::error_code ignored;  // what cannot be removed now goes with the stale uploads
    std::filesystem::remove(context.upload().path, ignored);
    if (!result) {
      result.error().where = "file";  // no path of ours
      return std::unexpected(std::move(result.error()));
    }
    return Output{.lines = result->lines,
                  .numbers = result->numbers,
                  .added = result->added,
                  .voters = result->voters,
                  .refused = result->refused,
                  .refusals = std::move(result->refusals)};
  }
};

struct ImportAlreadyVoted {
  struct Input {
    std::string source;
    std::string from = "already-voted file";
    std::optional<std::string> column;
    static Fields fields() {
      return {field("source", &Input::source, "Whose ids the file uses, such as nc.",
                    {.min_length = 1, .max_length = 40}),
              field("from", &Input::from, "Where the file comes from, in words.",
                    {.min_length = 1, .max_length = 200, .has_default = true}),
              field("column", &Input::column,
                    "The column of the ids; left out: found by the names that states use.",
                    {.max_length = 200})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "AlreadyVotedFile";
    std::int64_t lines = 0;
    std::int64_t left_out = 0;
    std::int64_t ids = 0;
    std::int64_t added = 0;
    std::int64_t before = 0;
    std::int64_t unknown = 0;
    std::vector<std::string> unknown_first;
    static Fields fields() {
      return {field("lines", &Output::lines, "Lines that hold something, without the header."),
              field("left_out", &Output::left_out,
                    "Lines whose ballot was not accepted, where the file says so."),
              field("ids", &Output::ids, "Different ids."),
              field("added", &Output::added, "Voters who were not known to have voted."),
              field("before", &Output::before, "Voters who were."),
              field("unknown", &Output::unknown, "Ids that no voter has."),
              field("unknown_first", &Output::unknown_first, "The first of them.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/suppressions/already-voted",
            .name = "import_already_voted",
            .summary =
                "Takes everybody whose ballot is in out of all phone banks, calls under way "
                "included: a list of ids, or a state's file with a header.",
            .permission = Permission::suppress,
            .upload = true};
  }
  static Result<Output> call(Context& context, const Input& input) {
    auto result = registry::import_already_voted(context.services().registry,
                                                 {.file = context.upload().path,
                                                  .source = std::string(trim(input.source)),
                                                  .column = input.column.value_or(""),
                                                  .from = std::string(trim(input.from)),
                                                  .actor = context.actor()},
                                                 context.deadline());
    std::error_code ignored;  // what cannot be removed now goes with the stale uploads
    std::filesystem::remove(context.upload().path, ignored);
    if (!result) {
      if (result.error().where.contains('/')) result.error().where = "file";  // no path of ours
      return std::unexpected(std::move(result.error()));
    }
    return Output{.lines = result->lines,
                  .left_out = result->left_out,
                  .ids = result->ids,
                  .added = result->added,
                  .before = result->before,
                  .unknown = result->unknown,
                  .unknown_first = std::move(result->unknown_first)};
  }
};

struct ExportSuppressions {
  struct Input {
    std::string reason = "do_not_call";
    static Fields fields() {
      return {field("reason", &Input::reason, "do_not_call, wrong_number or disconnected.",
                    {.max_length = 40, .has_default = true})};
    }
  };
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/suppressions/file",
            .name = "export_suppressions",
            .summary = "The numbers that are barred now, one a line.",
            .permission = Permission::suppress,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    constexpr int kPage = 10'000;
    const auto reason = TRY(reason_of_numbers(input.reason));
    Output response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back(
        "content-disposition", fmt::format("attachment; filename=\"{}.csv\"", to_string(reason)));
    PhoneNumber after = 0;
    while (true) {
      const auto numbers =
          context.services().registry.suppressed_numbers(reason, after, kPage, context.deadline());
      for (const PhoneNumber number : numbers)
        response.body += phone_e164(number) + "\r\n";
      if (std::ssize(numbers) < kPage) return response;
      after = numbers.back();
    }
  }
};

}  // namespace

void add_suppressions(Registrar& registrar) {
  registrar.add<AddSuppression>();
  registrar.add<EndSuppression>();
  registrar.add<ImportSuppressions>();
  registrar.add<ImportAlreadyVoted>();
  registrar.add<ExportSuppressions>();
}

}  // namespace hustings::api
