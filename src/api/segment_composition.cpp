#include "api/segment_composition.h"

#include "segments/segment_service.h"

namespace hustings::api {
namespace {

struct PartValue {
  static constexpr std::string_view kName = "SegmentPartValue";
  std::string value;
  std::int64_t count = 0;
  static Fields fields() {
    return {field("value", &PartValue::value, "The value; empty for unknown."),
            field("count", &PartValue::count, "How many of the voters have it.")};
  }
};

struct PartShape {
  static constexpr std::string_view kName = "SegmentPart";
  std::string field_name;
  std::vector<PartValue> values;
  static Fields fields() {
    return {field("field", &PartShape::field_name, "A category, such as \"party\"."),
            field("values", &PartShape::values, "Its values, most voters first.")};
  }
};

struct MeanShape {
  static constexpr std::string_view kName = "SegmentMean";
  std::string field_name;
  std::int64_t known = 0;
  std::optional<double> mean;
  static Fields fields() {
    return {field("field", &MeanShape::field_name, "A score, such as \"support_score\"."),
            field("known", &MeanShape::known, "How many of the voters have it."),
            field("mean", &MeanShape::mean, "Their mean; null if none has it.")};
  }
};

struct GetSegmentComposition {
  struct Input {
    SegmentId id;
    static Fields fields() { return {field("id", &Input::id, "The segment.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "SegmentComposition";
    SegmentId id;
    std::int64_t count = 0;
    std::int64_t households = 0;
    std::int64_t with_phone = 0;
    std::vector<MeanShape> scores;
    std::vector<PartShape> parts;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    static Fields fields() {
      return {field("id", &Output::id, "The segment."),
              field("count", &Output::count, "How many voters match."),
              field("households", &Output::households, "How many households they live in."),
              field("with_phone", &Output::with_phone, "How many of them have a number."),
              field("scores", &Output::scores, "The means of their scores."),
              field("parts", &Output::parts, "How they divide, by each of some categories."),
              field("position", &Output::position, "The feed position of the numbers."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/segments/{id}/composition",
            .name = "get_segment_composition",
            .summary =
                "Who is in a segment: means of scores, and counts by state, county, party "
                "and more, kept at every moment.",
            .permission = Permission::segments_read,
            .topic = "composition"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const segments::Composition made = TRY(context.services().segments.composition(input.id));
    Output out{.id = input.id,
               .count = static_cast<std::int64_t>(made.totals.voters),
               .households = static_cast<std::int64_t>(made.totals.households),
               .with_phone = static_cast<std::int64_t>(made.totals.with_phone),
               .scores = {},
               .parts = {},
               .position = made.fresh.position,
               .age_ms = made.fresh.age.count()};
    for (const segments::Composition::Mean& one : made.scores)
      out.scores.push_back({std::string(segments::name(one.score)), one.known, one.mean});
    for (const segments::Composition::Part& part : made.parts) {
      PartShape& shape = out.parts.emplace_back();
      shape.field_name = segments::name(part.field);
      for (const segments::Group& group : part.groups)
        shape.values.push_back({group.value, static_cast<std::int64_t>(group.count)});
    }
    return out;
  }
};

}  // namespace

void add_segment_composition(Registrar& registrar) { registrar.add<GetSegmentComposition>(); }

}  // namespace hustings::api
