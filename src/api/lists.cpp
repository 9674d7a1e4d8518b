#include "api/lists.h"

#include "api/paging.h"
#include "base/text.h"
#include "lists/list_service.h"

namespace hustings::api {
namespace {

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
  std::int64_t households = 0;
  std::int64_t with_phone = 0;
  std::int64_t holdout = 0;
  std::int64_t holdout_percent = 0;
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
        field("households", &ListShape::households, "How many households they live in."),
        field("with_phone", &ListShape::with_phone, "How many of them have a number."),
        field("holdout", &ListShape::holdout, "How many voters nobody contacts."),
        field("holdout_percent", &ListShape::holdout_percent,
              "The share of households that was asked for."),
        field("created_at", &ListShape::created_at, "When it was frozen.")};
  }
};

ListShape shown(const lists::List& list) {
  return {.id = list.id,
          .name = list.name,
          .segment = list.segment,
          .segment_name = list.segment_name,
          .text = segments::to_text(list.rule),
          .feed_position = list.position,
          .seed = list.seed,
          .size = list.size,
          .erased = list.erased,
          .households = list.households,
          .with_phone = list.with_phone,
          .holdout = list.holdout,
          .holdout_percent = list.holdout_percent,
          .created_at = list.created_at};
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
    return cut_page<ListShape>(input.limit, std::move(lists), [](const auto& items) {
      std::vector<ListShape> out;
      for (const lists::List& list : items)
        out.push_back(shown(list));
      return out;
    });
  }
};

struct FreezeList {
  struct Input {
    std::string name;
    SegmentId segment;
    std::optional<std::int64_t> size_max;
    std::int64_t holdout_percent = 0;
    std::optional<std::int64_t> seed;
    static Fields fields() {
      return {field("name", &Input::name, "What people call it.",
                    {.min_length = 1, .max_length = lists::kListNameBytesMax}),
              field("segment", &Input::segment, "Whom to take."),
              field("size_max", &Input::size_max, "At most so many voters, drawn at random.",
                    {.min = 1, .max = static_cast<double>(lists::kListSizeMax)}),
              field("holdout_percent", &Input::holdout_percent,
                    "The share of households that nobody contacts, to measure the effect.",
                    {.min = 0, .max = lists::kHoldoutPercentMax, .has_default = true}),
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
    return shown(TRY(
        context.services().lists.freeze({.name = std::string(trim(input.name)),
                                         .segment = input.segment,
                                         .size_max = input.size_max,
                                         .holdout_percent = static_cast<int>(input.holdout_percent),
                                         .seed = input.seed,
                                         .actor = context.actor()})));
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
    return shown(TRY(context.services().lists.get(input.id)));
  }
};

}  // namespace

void add_lists(Registrar& registrar) {
  registrar.add<ListLists>();
  registrar.add<FreezeList>();
  registrar.add<GetList>();
}

}  // namespace hustings::api
