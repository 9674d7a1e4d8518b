#include "api/lists.h"

#include <array>
#include <iterator>

#include <fmt/format.h>

#include "api/list_difference.h"
#include "api/paging.h"
#include "base/text.h"
#include "lists/list_service.h"
#include "segments/segment_service.h"

namespace hustings::api {

template <>
struct ChoiceNames<lists::SampleMethod> {
  static constexpr std::string_view kName = "SampleMethod";
  static constexpr std::array<std::string_view, 4> kNames = {"simple", "stratified", "clustered",
                                                             "by_size"};
};
template <>
struct ChoiceNames<lists::Allocation> {
  static constexpr std::string_view kName = "SampleAllocation";
  static constexpr std::array<std::string_view, 2> kNames = {"proportional", "equal"};
};

namespace {

struct ArmShape {
  static constexpr std::string_view kName = "ListArm";
  std::string name;
  std::int64_t size = 0;
  static Fields fields() {
    return {field("name", &ArmShape::name, "What rules call it; \"holdout\" nobody contacts."),
            field("size", &ArmShape::size, "How many voters.")};
  }
};

/// How a sample was drawn; also an input.
struct SampleShape {
  static constexpr std::string_view kName = "ListSample";
  lists::SampleMethod method = lists::SampleMethod::simple;
  std::int64_t size = 0;
  lists::Allocation allocation = lists::Allocation::proportional;
  std::string cluster_by;
  std::optional<std::int64_t> per_cluster;
  std::string size_by;
  static Fields fields() {
    using S = SampleShape;
    return {
        field("method", &S::method,
              "simple; stratified (by stratify_by); clustered; by_size: clusters by how many "
              "voters they hold, or voters by a score."),
        field("size", &S::size, "How many voters; with cluster_by, how many clusters.",
              {.min = 1, .max = static_cast<double>(lists::kSampleMax)}),
        field("allocation", &S::allocation, "How strata share the size.", {.has_default = true}),
        field("cluster_by", &S::cluster_by,
              "What is drawn as one: \"household\", or a category such as \"precinct\".",
              {.max_length = 100, .has_default = true}),
        field("per_cluster", &S::per_cluster,
              "So many voters of each cluster at random; null: everybody.",
              {.min = 1, .max = static_cast<double>(lists::kSampleMax)}),
        field("size_by", &S::size_by,
              "by_size without clusters: a score such as \"turnout_score\"; none or 0 counts as "
              "1.",
              {.max_length = 200, .has_default = true})};
  }
};

lists::SampleWish wish_of(const SampleShape& shape) {
  return {.method = shape.method,
          .size = shape.size,
          .allocation = shape.allocation,
          .cluster_by = shape.cluster_by,
          .per_cluster = shape.per_cluster,
          .size_by = shape.size_by};
}
SampleShape shown(const lists::SampleWish& wish) {
  return {.method = wish.method,
          .size = wish.size,
          .allocation = wish.allocation,
          .cluster_by = wish.cluster_by,
          .per_cluster = wish.per_cluster,
          .size_by = wish.size_by};
}

struct SourceShape {
  static constexpr std::string_view kName = "ListSource";
  SegmentId segment;
  std::int64_t version = 0;
  static Fields fields() {
    return {field("segment", &SourceShape::segment, "A segment."),
            field("version", &SourceShape::version, "As it was in this version.")};
  }
};

struct ListShape {
  static constexpr std::string_view kName = "List";
  ListId id;
  std::string name;
  std::optional<SegmentId> segment;
  std::optional<std::string> segment_name;
  std::string text;
  std::int64_t feed_position = 0;
  std::int64_t seed = 0;
  std::int64_t size = 0;
  std::int64_t erased = 0;
  std::int64_t joined = 0;
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::int64_t holdout = 0;
  std::int64_t holdout_percent = 0;
  std::vector<ArmShape> arms;
  std::vector<SourceShape> made_of;
  std::vector<std::string> stratify_by;
  bool one_per_household = false;
  std::optional<std::string> top_by;
  std::optional<std::int64_t> size_max;
  std::optional<SampleShape> sample;
  std::optional<std::int64_t> frame;
  Instant created_at;
  static Fields fields() {
    return {
        field("id", &ListShape::id, "The list."),
        field("name", &ListShape::name, "What people call it."),
        field("segment", &ListShape::segment, "The segment that it was frozen from."),
        field("segment_name", &ListShape::segment_name, "That segment's name today."),
        field("text", &ListShape::text, "The rule as it was when frozen, as one line."),
        field("feed_position", &ListShape::feed_position, "The list is the rule at this position."),
        field("seed", &ListShape::seed, "Gives the same order and hold-out again."),
        field("size", &ListShape::size, "How many voters, the hold-out included."),
        field("erased", &ListShape::erased,
              "How many of these voters were erased since: the size counts them still."),
        field("joined", &ListShape::joined,
              "How many came later, by a phone bank that follows the segment: not in the size."),
        field("households", &ListShape::households, "How many households they live in."),
        field("with_phone", &ListShape::with_phone, "How many of them have a number."),
        field("holdout", &ListShape::holdout, "How many voters nobody contacts."),
        field("holdout_percent", &ListShape::holdout_percent,
              "The share of households that was asked for."),
        field("arms", &ListShape::arms,
              "The arms in the order of their numbers, the hold-out first."),
        field("made_of", &ListShape::made_of,
              "The versions of all segments that the rule was made of."),
        field("stratify_by", &ListShape::stratify_by,
              "The categories within whose values the arms' shares hold."),
        field("one_per_household", &ListShape::one_per_household,
              "Whether of each household only one was taken."),
        field("top_by", &ListShape::top_by,
              "The score whose highest were taken; null for a random order."),
        field("size_max", &ListShape::size_max, "The size that was asked for; null for everybody."),
        field("sample", &ListShape::sample, "How it was drawn, if it is a sample."),
        field("frame", &ListShape::frame, "A sample's: of how many voters it was drawn."),
        field("created_at", &ListShape::created_at, "When it was frozen.")};
  }
};

ListShape shown(const lists::List& list, const segments::RuleNames& names) {
  ListShape shape{.id = list.id,
                  .name = list.name,
                  .segment = list.segment,
                  .segment_name = list.segment_name,
                  .text = segments::to_text(list.rule, names),
                  .feed_position = list.position,
                  .seed = list.seed,
                  .size = list.size,
                  .erased = list.erased,
                  .joined = list.joined,
                  .households = list.households,
                  .with_phone = list.with_phone,
                  .holdout = list.holdout,
                  .holdout_percent = list.draw.holdout_percent,
                  .arms = {},
                  .made_of = {},
                  .stratify_by = list.draw.stratify_by,
                  .one_per_household = list.draw.one_per_household,
                  .top_by = list.draw.top_by,
                  .size_max = list.draw.size_max,
                  .sample = std::nullopt,
                  .frame = list.frame,
                  .created_at = list.created_at};
  for (std::size_t i = 0; i < list.arms.size() && i < list.arm_sizes.size(); ++i)
    shape.arms.push_back({list.arms[i], list.arm_sizes[i]});
  if (list.draw.sample) shape.sample = shown(*list.draw.sample);
  for (const auto& [segment, version] : list.versions)
    shape.made_of.push_back({segment, version});
  return shape;
}

struct ListLists {
  using Input = PageQuery<ListId>;
  using Output = Page<ListShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/lists",
            .name = "list_lists",
            .summary = "The lists, newest first.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto lists = context.services().lists.page(before, static_cast<int>(input.limit) + 1);
    const segments::RuleNames names = context.services().segments.names();
    return cut_page<ListShape>(input.limit, std::move(lists), [&](const auto& items) {
      std::vector<ListShape> out;
      for (const lists::List& list : items)
        out.push_back(shown(list, names));
      return out;
    });
  }
};

struct ArmWish {
  static constexpr std::string_view kName = "ListArmWish";
  std::string name;
  std::int64_t percent = 0;
  static Fields fields() {
    return {field("name", &ArmWish::name, "Letters, digits, \"_\" and \"-\".",
                  {.min_length = 1, .max_length = 60}),
            field("percent", &ArmWish::percent, "Of those who are contacted; all make 100.",
                  {.min = 1, .max = 100})};
  }
};

struct FreezeList {
  struct Input {
    std::string name;
    SegmentId segment;
    std::optional<std::int64_t> size_max;
    std::int64_t holdout_percent = 0;
    std::vector<ArmWish> arms;
    std::vector<std::string> stratify_by;
    bool one_per_household = false;
    std::optional<std::string> top_by;
    std::optional<SampleShape> sample;
    std::optional<std::int64_t> seed;
    static Fields fields() {
      return {
          field("name", &Input::name, "What people call it.",
                {.min_length = 1, .max_length = lists::kListNameBytesMax}),
          field("segment", &Input::segment, "Whom to take."),
          field("size_max", &Input::size_max,
                "At most so many voters, drawn at random or by top_by.",
                {.min = 1, .max = static_cast<double>(lists::kListSizeMax)}),
          field("holdout_percent", &Input::holdout_percent,
                "The share of households that nobody contacts, to measure the effect.",
                {.min = 0, .max = lists::kHoldoutPercentMax, .has_default = true}),
          field("arms", &Input::arms,
                "The arms of those who are contacted; none: one, \"treatment\". A phone bank calls "
                "one of them.",
                {.max_items = lists::kArmsMax, .has_default = true}),
          field("stratify_by", &Input::stratify_by,
                "Categories such as \"county\": hold-out, arms and size_max then have their shares "
                "within each of their values.",
                {.max_items = segments::kStrataFieldsMax, .has_default = true}),
          field("one_per_household", &Input::one_per_household,
                "Takes one voter of each household: the first with a number.",
                {.has_default = true}),
          field("top_by", &Input::top_by,
                "A score such as \"support_score\": takes the size_max highest.",
                {.max_length = 200}),
          field("sample", &Input::sample,
                "Draws a sample with known chances instead, without hold-out and arms."),
          field("seed", &Input::seed, "For the same order and hold-out as another list.",
                {.min = 0, .max = 9e15})};
    }
  };
  using Output = ListShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/lists",
            .name = "freeze_list",
            .summary = "Freezes a segment as it is now into a list.",
            .permission = Permission::segments_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    lists::DrawWish draw{.size_max = input.size_max,
                         .holdout_percent = static_cast<int>(input.holdout_percent),
                         .arms = {},
                         .stratify_by = input.stratify_by,
                         .one_per_household = input.one_per_household,
                         .top_by = input.top_by,
                         .sample = std::nullopt};
    if (input.sample) draw.sample = wish_of(*input.sample);
    for (const ArmWish& arm : input.arms)
      draw.arms.push_back({.name = arm.name, .percent = static_cast<int>(arm.percent)});
    const lists::List list =
        TRY(context.services().lists.freeze({.name = std::string(trim(input.name)),
                                             .segment = input.segment,
                                             .draw = draw,
                                             .seed = input.seed,
                                             .actor = context.actor()}));
    return shown(list, context.services().segments.names());
  }
};

struct RenewList {
  struct Input {
    ListId id;
    std::string name;
    static Fields fields() {
      return {field("id", &Input::id, "The list to draw again."),
              field("name", &Input::name, "What people call the new one.",
                    {.min_length = 1, .max_length = lists::kListNameBytesMax})};
    }
  };
  using Output = ListShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/lists/{id}/renew",
            .name = "renew_list",
            .summary = "Freezes the list's segment as it is now, drawn alike from the same seed.",
            .permission = Permission::segments_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const lists::List list = TRY(
        context.services().lists.renew(input.id, std::string(trim(input.name)), context.actor()));
    return shown(list, context.services().segments.names());
  }
};

struct GetList {
  struct Input {
    ListId id;
    static Fields fields() { return {field("id", &Input::id, "The list.")}; }
  };
  using Output = ListShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/lists/{id}",
            .name = "get_list",
            .summary = "A list.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().lists.get(input.id)), context.services().segments.names());
  }
};

struct GetSample {
  struct Input {
    ListId id;
    static Fields fields() { return {field("id", &Input::id, "A list that is a sample.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "SampleFigures";
    std::int64_t voters = 0;
    std::int64_t strata = 0;
    std::int64_t clusters = 0;
    double weight_sum = 0;
    double weight_least = 0;
    double weight_most = 0;
    double design_effect = 1;
    double effective_n = 0;
    static Fields fields() {
      using S = Output;
      return {field("voters", &S::voters, "Its members."),
              field("strata", &S::strata, "From how many strata."),
              field("clusters", &S::clusters, "From how many clusters."),
              field("weight_sum", &S::weight_sum,
                    "Of the design weights: what the sample estimates its frame at."),
              field("weight_least", &S::weight_least, "The smallest design weight."),
              field("weight_most", &S::weight_most, "The largest."),
              field("design_effect", &S::design_effect, "Of unequal weights alone (Kish)."),
              field("effective_n", &S::effective_n, "Members over that design effect.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/lists/{id}/sample",
            .name = "get_list_sample",
            .summary = "A sample's design weights, in figures.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto of = TRY(context.services().lists.sample_figures(input.id));
    return Output{.voters = of.voters,
                  .strata = of.strata,
                  .clusters = of.clusters,
                  .weight_sum = of.weight_sum,
                  .weight_least = of.weight_least,
                  .weight_most = of.weight_most,
                  .design_effect = of.design_effect,
                  .effective_n = static_cast<double>(of.voters) / of.design_effect};
  }
};

/// voter,probability,weight,stratum,cluster: what another program needs to weight answers.
struct GetSampleFile {
  using Input = GetSample::Input;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/lists/{id}/sample.csv",
            .name = "get_list_sample_file",
            .summary = "A sample's members with their chances and design weights, as CSV.",
            .permission = Permission::segments_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto members = TRY(context.services().lists.sample_members(input.id));
    net::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = "voter,probability,weight,stratum,cluster\r\n";
    for (const lists::SampleMember& one : members) {
      fmt::format_to(std::back_inserter(response.body), "{},{},{},{},{}\r\n", one.voter.text(),
                     one.probability, 1 / one.probability, one.stratum, one.cluster);
    }
    return response;
  }
};

}  // namespace

void add_lists(Registrar& registrar) {
  registrar.add<ListLists>();
  registrar.add<FreezeList>();
  registrar.add<GetList>();
  registrar.add<RenewList>();
  registrar.add<GetSample>();
  registrar.add<GetSampleFile>();
  add_list_difference(registrar);
}

}  // namespace hustings::api
