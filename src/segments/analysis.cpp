#include "segments/analysis.h"

#include <algorithm>

#include <fmt/format.h>

#include "segments/breakdown.h"
#include "segments/plan.h"

namespace hustings::segments {

/// One version of the columns and one state of the queues, for a whole answer.
struct Analysis::Look {
  LiveElectorate::Reader electorate;
  std::shared_ptr<const QueueState> queues;
  std::shared_ptr<const std::vector<BarredRow>> barred;
  Instant now;
  Scan scan;
  Freshness fresh;

  Waterfall waterfall_of(const Plan& plan) const {
    return waterfall(scan, *electorate, plan.filter(), {.queues = *queues, .rows = *barred}, now);
  }
};

namespace {

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

Status check(const PortraitWish& wish) {
  if (wish.breakdowns.size() > kBreakdownsMax) {
    return invalid(fmt::format("Ask for at most {} breakdowns at once.", kBreakdownsMax),
                   "breakdowns");
  }
  if (wish.scores.size() > kScoresMax) {
    return invalid(fmt::format("Ask for at most {} scores at once.", kScoresMax), "scores");
  }
  return {};
}

}  // namespace

std::shared_ptr<const std::vector<BarredRow>> Analysis::barred_in(
    const LiveElectorate::Reader& electorate,
    const std::shared_ptr<const QueueState>& queues) const {
  const auto found = found_.lock();
  Found next{.queues = queues,
             .load = electorate.load(),
             .removals = electorate->removals(),
             .rows = electorate->rows(),
             .barred = {}};
  if (found->queues != next.queues || found->load != next.load ||
      found->removals != next.removals || found->rows != next.rows) {
    next.barred = std::make_shared<const std::vector<BarredRow>>(barred_rows(*electorate, *queues));
    *found = std::move(next);
  }
  return found->barred;
}

Analysis::Look Analysis::look(Deadline deadline) const {
  std::shared_ptr<const QueueState> queues = queues_.read(deadline);
  LiveElectorate::Reader electorate = segments_.read();
  const Scan scan{&segments_.scanner().crew(), {}, electorate->rows()};
  const Freshness fresh = segments_.freshness_of(electorate);
  auto barred = barred_in(electorate, queues);
  return {std::move(electorate), std::move(queues), std::move(barred), clock_.now(), scan, fresh};
}

Result<Portrait> Analysis::portrait_of(const Look& look, const Rule& rule,
                                       const PortraitWish& wish) const {
  const auto start = std::chrono::steady_clock::now();
  const Electorate& electorate = *look.electorate;
  const Rule wanted = TRY(segments_.ready(rule));
  const Plan plan(wanted, electorate, look.now);
  Portrait out;
  out.totals = segments_.scanner().totals(electorate, plan);
  out.all_voters = electorate.rows();
  out.reach = look.waterfall_of(plan);
  for (const std::string& by : wish.breakdowns) {
    out.breakdowns.push_back(TRY(breakdown(look.scan, electorate, plan.filter(), by, look.now)));
  }
  for (const std::string& score : wish.scores) {
    out.distributions.push_back(TRY(distribution(look.scan, electorate, plan.filter(), score)));
  }
  out.fresh = look.fresh;
  out.warnings = segments_.warnings(rule, electorate);
  out.took = since(start);
  return out;
}

Result<Portrait> Analysis::portrait(const Rule& rule, const PortraitWish& wish,
                                    Deadline deadline) const {
  TRY(check(wish));
  return portrait_of(look(deadline), rule, wish);
}

Result<Analysis::WaterfallNow> Analysis::waterfall_of(const Rule& rule, Deadline deadline) const {
  const auto start = std::chrono::steady_clock::now();
  const Rule wanted = TRY(segments_.ready(rule));
  const Look at = look(deadline);
  const Plan plan(wanted, *at.electorate, at.now);
  return WaterfallNow{.waterfall = at.waterfall_of(plan),
                      .window = at.queues->window(),
                      .all_voters = at.electorate->rows(),
                      .fresh = at.fresh,
                      .took = since(start)};
}

Result<Comparison> Analysis::compare(const Two& rules, const PortraitWish& wish,
                                     Deadline deadline) const {
  TRY(check(wish));
  const Look look = this->look(deadline);
  Comparison out{.a = TRY(portrait_of(look, rules.a, wish)),
                 .b = TRY(portrait_of(look, rules.b, wish)),
                 .both = 0};
  const Rule both{AllOf{{TRY(segments_.ready(rules.a)), TRY(segments_.ready(rules.b))}}};
  out.both = count_rows(look.scan, Plan(both, *look.electorate, look.now).filter());
  return out;
}

Result<OverlapMatrix> Analysis::overlap(const std::vector<Rule>& rules) const {
  if (rules.empty() || rules.size() > kOverlapSegmentsMax) {
    return invalid(fmt::format("Name 1 to {} segments.", kOverlapSegmentsMax), "segments");
  }
  const LiveElectorate::Reader electorate = segments_.read();
  const Scan scan{&segments_.scanner().crew(), {}, electorate->rows()};
  const Instant now = clock_.now();
  std::vector<Filter> filters;
  for (const Rule& rule : rules)
    filters.push_back(Plan(TRY(segments_.ready(rule)), *electorate, now).filter());
  return OverlapMatrix{.pairs = overlaps(scan, filters),
                       .all_voters = electorate->rows(),
                       .fresh = segments_.freshness_of(electorate)};
}

Result<AnswerShares> Analysis::answers(const Rule& rule, const std::string& question_key) const {
  const Rule wanted = TRY(segments_.ready(rule));
  const LiveElectorate::Reader electorate = segments_.read();
  const Electorate::QuestionColumn* question = electorate->question(question_key);
  if (question == nullptr) {
    return refuse(ErrorCode::not_found, fmt::format("There is no question \"{}\".", question_key),
                  "question");
  }
  if (!question->info.is_single()) {
    return invalid("Only answers of one choice are counted here; see the answers' own page.",
                   "question");
  }
  const Scan scan{&segments_.scanner().crew(), {}, electorate->rows()};
  const Plan plan(wanted, *electorate, clock_.now());
  const std::vector<GroupKey> keys = {{question->choices, 256}};
  const Groups groups = TRY(group_by(scan, plan.filter(), keys, {}));
  AnswerShares out{.question = question_key,
                   .text = question->info.text,
                   .choices = question->info.choices,
                   .counts = {},
                   .answered = 0,
                   .declined = groups.counts[kNoChoice],
                   .whole = 0,
                   .all_voters = electorate->rows(),
                   .fresh = segments_.freshness_of(electorate)};
  for (std::size_t choice = 1; choice <= out.choices.size() && choice < kNoChoice; ++choice) {
    out.counts.push_back(groups.counts[choice]);
    out.answered += out.counts.back();
  }
  for (const std::uint64_t count : groups.counts)
    out.whole += count;
  return out;
}

}  // namespace hustings::segments
