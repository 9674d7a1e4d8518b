#include "api/segments.h"

#include <fmt/format.h>

#include "base/text.h"
#include "segments/segment_service.h"

namespace hustings::api {

template <>
struct ChoiceNames<segments::FieldKind> {
  static constexpr std::array<std::string_view, 10> kNames = {
      "category", "number",   "flag",     "elections", "answers",
      "time",     "contacts", "consents", "lists",     "segments"};
};

namespace {

struct FieldValue {
  static constexpr std::string_view kName = "FieldValue";
  JsonText value;
  std::string title;
  std::int64_t count = 0;
  static Fields fields() {
    return {field("value", &FieldValue::value,
                  "As a rule names it: a text, or the number of an answer's choice."),
            field("title", &FieldValue::title, "As people call it."),
            field("count", &FieldValue::count, "How many voters have it now.")};
  }
};

struct FieldShape {
  static constexpr std::string_view kName = "Field";
  std::string name;
  std::string title;
  std::string sentence;
  segments::FieldKind kind{};
  std::vector<std::string> operators;
  std::optional<std::vector<FieldValue>> values;
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;
  std::optional<std::int64_t> answered;
  static Fields fields() {
    return {field("name", &FieldShape::name, "As a rule names it."),
            field("title", &FieldShape::title, "As people call it."),
            field("sentence", &FieldShape::sentence, "Its definition; empty where it is plain."),
            field("kind", &FieldShape::kind, "What kind of values it has."),
            field("operators", &FieldShape::operators, "What a rule may say of it."),
            field("values", &FieldShape::values,
                  "The values there are, most voters first; of lists and segments their ids; null "
                  "for numbers, flags, times and contacts."),
            field("min", &FieldShape::min, "The least number that a rule may say."),
            field("max", &FieldShape::max, "The greatest."),
            field("answered", &FieldShape::answered,
                  "Of a question: voters whose newest answer says something; else null.")};
  }
};

struct SegmentShape {
  static constexpr std::string_view kName = "Segment";
  SegmentId id;
  std::string name;
  std::int64_t version = 0;
  JsonText rule;
  std::string text;
  std::int64_t count = 0;
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::int64_t position = 0;
  std::int64_t age_ms = 0;
  Instant updated_at;
  static Fields fields() {
    return {field("id", &SegmentShape::id, "The segment."),
            field("name", &SegmentShape::name, "What people call it."),
            field("version", &SegmentShape::version, "Counts its changes, from 1."),
            field("rule", &SegmentShape::rule, "The rule as JSON."),
            field("text", &SegmentShape::text, "The rule as one line."),
            field("count", &SegmentShape::count, "How many voters match."),
            field("households", &SegmentShape::households, "How many households they live in."),
            field("with_phone", &SegmentShape::with_phone, "How many of them have a number."),
            field("position", &SegmentShape::position, "The feed position of the numbers."),
            field("age_ms", &SegmentShape::age_ms,
                  "Milliseconds since it was certain that nothing newer was there."),
            field("updated_at", &SegmentShape::updated_at, "When it was last changed.")};
  }
};

SegmentShape shown(const segments::Segment& segment, const segments::RuleNames& names) {
  return {.id = segment.id,
          .name = segment.name,
          .version = segment.version,
          .rule = {segments::to_json(segment.rule)},
          .text = segments::to_text(segment.rule, names),
          .count = static_cast<std::int64_t>(segment.totals.voters),
          .households = static_cast<std::int64_t>(segment.totals.households),
          .with_phone = static_cast<std::int64_t>(segment.totals.with_phone),
          .position = segment.fresh.position,
          .age_ms = segment.fresh.age.count(),
          .updated_at = segment.updated_at};
}

struct GetFields {
  using Input = Nothing;
  using Output = Page<FieldShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/fields",
            .name = "get_fields",
            .summary = "What rules can ask about, with the values there are and their counts.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    Output page;
    for (const segments::FieldShown& one : context.services().segments.fields()) {
      FieldShape& shape = page.items.emplace_back();
      shape.name = one.name;
      shape.title = one.title;
      shape.sentence = one.sentence;
      shape.kind = one.kind;
      shape.operators = one.operators;
      shape.min = one.least;
      shape.max = one.most;
      if (one.answered) shape.answered = static_cast<std::int64_t>(*one.answered);
      if (!one.values) continue;
      std::vector<FieldValue>& values = shape.values.emplace();
      for (const segments::FieldValue& value : *one.values) {
        const bool is_choice = one.kind == segments::FieldKind::answers;
        values.push_back({{is_choice ? value.value : to_json(value.value)},
                          value.title,
                          static_cast<std::int64_t>(value.count)});
      }
    }
    return page;
  }
};

struct CountGroup {
  static constexpr std::string_view kName = "SegmentGroup";
  std::string value;
  std::int64_t count = 0;
  std::optional<double> support_mean;
  static Fields fields() {
    return {field("value", &CountGroup::value, "The value; empty for unknown."),
            field("count", &CountGroup::count, "How many of the voters have it."),
            field("support_mean", &CountGroup::support_mean,
                  "Their mean support score; null if none has one.")};
  }
};

struct CountSegment {
  struct Input {
    JsonText rule;
    std::optional<std::string> group_by;
    static Fields fields() {
      return {field("rule", &Input::rule, "The rule as JSON; {} is everybody."),
              field("group_by", &Input::group_by, "A category, such as \"county\".",
                    {.max_length = 100})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "SegmentCount";
    std::int64_t count = 0;
    std::int64_t households = 0;
    std::int64_t with_phone = 0;
    std::int64_t total = 0;
    std::vector<CountGroup> groups;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    std::int64_t took_us = 0;
    std::vector<std::string> warnings;
    static Fields fields() {
      return {field("count", &Output::count, "How many voters match."),
              field("households", &Output::households, "How many households they live in."),
              field("with_phone", &Output::with_phone, "How many of them have a number."),
              field("total", &Output::total, "How many voters there are."),
              field("groups", &Output::groups, "By the category asked for, most voters first."),
              field("position", &Output::position, "The feed position of the numbers."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there."),
              field("took_us", &Output::took_us, "Microseconds that the count took."),
              field("warnings", &Output::warnings,
                    "Values of the rule that no voter has, with what may have been meant.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/count",
            .name = "count_segment",
            .summary = "Counts the voters that match a rule.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Rule rule = TRY(segments::rule_from_json(input.rule.text));
    std::optional<segments::Field> group_by;
    if (input.group_by) {
      group_by = segments::field_from(*input.group_by);
      if (!group_by) {
        return invalid(fmt::format("There is no field \"{}\" to group by.", *input.group_by),
                       "group_by");
      }
    }
    const segments::Count count = TRY(context.services().segments.count(rule, group_by));
    Output output{.count = static_cast<std::int64_t>(count.totals.voters),
                  .households = static_cast<std::int64_t>(count.totals.households),
                  .with_phone = static_cast<std::int64_t>(count.totals.with_phone),
                  .total = static_cast<std::int64_t>(count.all_voters),
                  .groups = {},
                  .position = count.fresh.position,
                  .age_ms = count.fresh.age.count(),
                  .took_us = count.took.count(),
                  .warnings = count.warnings};
    for (const segments::Group& group : count.groups) {
      output.groups.push_back(
          {group.value, static_cast<std::int64_t>(group.count), group.support_mean});
    }
    return output;
  }
};

struct ListSegments {
  using Input = Nothing;
  using Output = Page<SegmentShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments",
            .name = "list_segments",
            .summary = "The saved segments with their live counts, oldest first.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    Output page;
    const segments::SegmentService& service = context.services().segments;
    const segments::RuleNames names = service.names();
    for (const segments::Segment& segment : service.list())
      page.items.push_back(shown(segment, names));
    return page;
  }
};

struct SaveSegment {
  struct Input {
    std::string name;
    JsonText rule;
    static Fields fields() {
      return {field("name", &Input::name, "What people call it; no other segment has this name.",
                    {.min_length = 1, .max_length = segments::kSegmentNameBytesMax}),
              field("rule", &Input::rule, "The rule as JSON; {} is everybody.")};
    }
  };
  using Output = SegmentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments",
            .name = "create_segment",
            .summary = "Saves a rule as a segment.",
            .permission = Permission::segments_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Rule rule = TRY(segments::rule_from_json(input.rule.text));
    segments::SegmentService& service = context.services().segments;
    const segments::Segment made = TRY(service.create(
        {.name = std::string(trim(input.name)), .rule = rule, .actor = context.actor()}));
    return shown(made, service.names());
  }
};

struct GetSegment {
  struct Input {
    SegmentId id;
    static Fields fields() { return {field("id", &Input::id, "The segment.")}; }
  };
  using Output = SegmentShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments/{id}",
            .name = "get_segment",
            .summary = "A segment with its numbers of now, which are kept at every moment.",
            .permission = Permission::segments_read,
            .topic = "segment"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::SegmentService& service = context.services().segments;
    return shown(TRY(service.get(input.id)), service.names());
  }
};

struct EditSegment {
  struct Input {
    SegmentId id;
    std::optional<std::string> name;
    std::optional<JsonText> rule;
    std::optional<std::int64_t> version;
    static Fields fields() {
      return {field("id", &Input::id, "The segment."),
              field("name", &Input::name, "A new name; left out: as it is.",
                    {.min_length = 1, .max_length = segments::kSegmentNameBytesMax}),
              field("rule", &Input::rule, "A new rule; left out: as it is."),
              field("version", &Input::version,
                    "The version that was edited: refused if there is a newer one.",
                    {.min = 1, .max = 1e9})};
    }
  };
  using Output = SegmentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/segments/{id}",
            .name = "edit_segment",
            .summary = "Changes a segment's name or rule; it gets the next version.",
            .permission = Permission::segments_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    segments::SegmentService::Edit edit{
        .id = input.id, .name = {}, .rule = {}, .version = {}, .actor = context.actor()};
    if (input.name) edit.name = std::string(trim(*input.name));
    if (input.rule) edit.rule = TRY(segments::rule_from_json(input.rule->text));
    if (input.version) edit.version = static_cast<int>(*input.version);
    segments::SegmentService& service = context.services().segments;
    return shown(TRY(service.edit(edit)), service.names());
  }
};

struct RemoveSegment {
  using Input = GetSegment::Input;
  using Output = Nothing;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/segments/{id}",
            .name = "remove_segment",
            .summary = "Removes a segment that no other names; lists frozen from it stay.",
            .permission = Permission::segments_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().segments.remove(input.id, context.actor()));
    return Output{};
  }
};

struct SegmentVersionShape {
  static constexpr std::string_view kName = "SegmentVersion";
  std::int64_t version = 0;
  std::string name;
  JsonText rule;
  std::string text;
  std::string saved_by;
  Instant saved_at;
  static Fields fields() {
    return {field("version", &SegmentVersionShape::version, "Its number, from 1."),
            field("name", &SegmentVersionShape::name, "What it was called."),
            field("rule", &SegmentVersionShape::rule, "The rule as JSON."),
            field("text", &SegmentVersionShape::text, "The rule as one line."),
            field("saved_by", &SegmentVersionShape::saved_by, "Who saved it, e.g. \"person:3\"."),
            field("saved_at", &SegmentVersionShape::saved_at, "When.")};
  }
};

struct ListSegmentVersions {
  using Input = GetSegment::Input;
  using Output = Page<SegmentVersionShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments/{id}/versions",
            .name = "list_segment_versions",
            .summary = "Every version of a segment, newest first; also of a removed one.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::SegmentService& service = context.services().segments;
    const segments::RuleNames names = service.names();
    Output page;
    for (const segments::SegmentVersion& one : TRY(service.versions(input.id))) {
      page.items.push_back({.version = one.version,
                            .name = one.name,
                            .rule = {segments::to_json(one.rule)},
                            .text = segments::to_text(one.rule, names),
                            .saved_by = one.saved_by,
                            .saved_at = one.saved_at});
    }
    return page;
  }
};

}  // namespace

void add_segments(Registrar& registrar) {
  registrar.add<GetFields>();
  registrar.add<CountSegment>();
  registrar.add<ListSegments>();
  registrar.add<SaveSegment>();
  registrar.add<GetSegment>();
  registrar.add<EditSegment>();
  registrar.add<RemoveSegment>();
  registrar.add<ListSegmentVersions>();
}

}  // namespace hustings::api
