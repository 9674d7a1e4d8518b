#include "phonebank/line_order.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "feed/feed.h"
#include "phonebank/retrying.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

namespace json = boost::json;

constexpr int kGroupLevels = 2;
constexpr int kScoreLevels = 10;
constexpr int kPageMax = 5000;

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->as_string());
}

}  // namespace

int levels_of(const OrderStep& step) { return step.score.empty() ? kGroupLevels : kScoreLevels; }

Status check_order(std::span<const OrderStep> steps) {
  int levels = 1;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const OrderStep& step = steps[i];
    const int named = static_cast<int>(step.segment.has_value()) +
                      static_cast<int>(step.list.has_value()) +
                      static_cast<int>(!step.score.empty());
    if (named != 1) {
      return invalid("Each step names one thing: a segment, a list, or a score.",
                     fmt::format("steps[{}]", i));
    }
    levels *= levels_of(step);
    if (levels > kOrderLevelsMax) {
      return invalid(
          "That is too fine: name at most six groups, a score and three groups, or two scores.",
          fmt::format("steps[{}]", i));
    }
  }
  return {};
}

int weight_of(std::span<const OrderStep> steps, std::span<const int> levels) {
  int weight = 0;
  for (std::size_t i = 0; i < steps.size(); ++i)
    weight = weight * levels_of(steps[i]) + levels[i];
  return weight;
}

std::vector<int> levels_from(std::span<const OrderStep> steps, int weight) {
  std::vector<int> levels(steps.size());
  for (std::size_t i = steps.size(); i-- > 0;) {
    levels[i] = weight % levels_of(steps[i]);
    weight /= levels_of(steps[i]);
  }
  return levels;
}

std::string order_json(std::span<const OrderStep> steps) {
  json::array all;
  for (const OrderStep& step : steps) {
    json::object one;
    if (step.segment) one["segment"] = step.segment->text();
    if (step.list) one["list"] = step.list->text();
    if (!step.arm.empty()) one["arm"] = step.arm;
    if (!step.score.empty()) one["score"] = step.score;
    if (step.lowest_first) one["lowest_first"] = true;
    all.push_back(std::move(one));
  }
  return json::serialize(all);
}

std::vector<OrderStep> order_from_json(std::string_view text) {
  std::vector<OrderStep> steps;
  for (const json::value& value : json::parse(text).as_array()) {
    const json::object& one = value.as_object();
    OrderStep step;
    step.segment = SegmentId::from_text(text_of(one, "segment"));
    step.list = ListId::from_text(text_of(one, "list"));
    step.arm = text_of(one, "arm");
    step.score = text_of(one, "score");
    step.lowest_first = one.contains("lowest_first");
    steps.push_back(std::move(step));
  }
  return steps;
}

Result<LineOrder> LineOrders::get(PhonebankId id, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kOrderGet, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  LineOrder order{.steps = order_from_json(rows[0].text(0)),
                  .reckoned_at = rows[0].get<std::optional<Instant>>(1),
                  .weights = {}};
  if (order.steps.empty()) return order;
  for (const pg::Row row : connection->run(sql::kOrderCount, id)) {
    order.weights.push_back({row.get<int>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2)});
  }
  return order;
}

Status LineOrders::save(PhonebankId id, std::span<const OrderStep> steps, const std::string& actor,
                        Deadline deadline) {
  TRY(check_order(steps));
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  if (transaction.run(sql::kOrderSave, id, pg::Json{order_json(steps)}).empty()) {
    return refuse(ErrorCode::not_found, "There is no such phone bank.");
  }
  const feed::Change change{.kind = ChangeKind::phonebank_saved,
                            .subject = feed::subject_of("phonebank", id),
                            .actor = actor,
                            .payload = fmt::format(R"({{"priorities":{}}})", order_json(steps))};
  feed::commit(transaction, {&change, 1});
  return {};
}

std::vector<LineOrders::Wished> LineOrders::wished(Deadline deadline) {
  std::vector<Wished> all;
  for (const pg::Row row : pool_.acquire(deadline)->run(sql::kOrderWished))
    all.push_back({row.get<PhonebankId>(0), order_from_json(row.text(1))});
  return all;
}

std::vector<LineOrders::Target> LineOrders::targets(PhonebankId id, PhoneNumber after,
                                                    Deadline deadline) {
  std::vector<Target> targets;
  for (const pg::Row row : pool_.acquire(deadline)->run(sql::kOrderTargets, id, after, kPageMax))
    targets.push_back({row.get<PhoneNumber>(0), row.get<VoterId>(1)});
  return targets;
}

void LineOrders::set_weights(PhonebankId id, std::span<const Weight> weights, Deadline deadline) {
  std::vector<PhoneNumber> numbers;
  std::vector<std::int16_t> values;
  for (const Weight& weight : weights) {
    numbers.push_back(weight.number);
    values.push_back(static_cast<std::int16_t>(weight.weight));
  }
  retrying([&] { return pool_.acquire(deadline)->run(sql::kOrderSet, id, numbers, values); });
}

void LineOrders::note_reckoned(PhonebankId id, Deadline deadline) {
  pool_.acquire(deadline)->run(sql::kOrderReckoned, id, time_.given());
}

}  // namespace hustings::phonebank
