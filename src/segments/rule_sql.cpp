#include "segments/rule_sql.h"

#include <limits>

#include <fmt/format.h>

namespace hustings::segments {
namespace {

/// An answer as a number, of single precision; null where it is none (least() would pass over
/// that).
constexpr std::string_view kSaidNumber =
    "(case when q.kind = 'number' and a.text is not null then "
    "(case when abs(a.text::float8) < 1e-30 then 0 "
    "else greatest(least(a.text::float8, 1e30), -1e30) end)::real::float8 end)";

/// Writes conditions over `v`, a row of voter, with $1 the moment (whole seconds) throughout.
class Writer {
 public:
  explicit Writer(Instant now) : parameters_(std::chrono::floor<std::chrono::seconds>(now)) {}

  std::string write(const Rule& rule) {
    return std::visit([&](const auto& node) { return write(node); }, rule.node);
  }
  pg::Parameters take_parameters() { return std::move(parameters_); }

 private:
  template <class T>
  std::string parameter(const T& value) {
    parameters_.add(value);
    return fmt::format("${}", parameters_.texts().size());
  }

  std::string joined(const std::vector<Rule>& rules, std::string_view word,
                     std::string_view if_none) {
    std::string out;
    for (const Rule& rule : rules) {
      if (!out.empty()) out += fmt::format(" {} ", word);
      out += write(rule);
    }
    return rules.empty() ? std::string(if_none) : '(' + out + ')';
  }
  std::string write(const AllOf& all) { return joined(all.rules, "and", "true"); }
  std::string write(const AnyOf& any) { return joined(any.rules, "or", "false"); }
  std::string write(const NoneOf& none) { return "not " + write(none.rules.front()); }

  static std::string holds(bool is_not, const std::string& condition) {
    return fmt::format("{}coalesce({}, false)", is_not ? "not " : "", condition);
  }

  std::string write(const ValueIn& in) {
    const std::string values = parameter(in.values);
    if (in.field == Field::voted) return holds(in.is_not, voted(values));
    const std::string value =
        in.field == Field::last_disposition
            ? "(select a.disposition from contact_attempt a where a.bucket = v.bucket "
              "and a.voter_id = v.voter_id order by a.ended_at desc, a.attempt_id desc limit 1)"
            : fmt::format("v.{}", name(in.field));
    return holds(in.is_not, fmt::format("{} = any({})", value, values));
  }

  static std::string voted(const std::string& labels) {
    return fmt::format(
        "exists (select 1 from vote t join election e using (election_id) "
        "cross join lateral (select to_char(e.held_on, 'YYYY-MM-DD') as day, "
        "to_char(e.held_on, 'YYYY') as year) d "
        "where t.bucket = v.bucket and t.voter_id = v.voter_id "
        "and array[d.day, d.day || ' ' || e.kind, d.year, d.year || ' ' || e.kind] "
        "&& {}::text[])",
        labels);
  }

  /// " and …" for what the span says of a moment.
  std::string within(const Span& span, std::string_view at) {
    std::string out;
    if (span.since) out += fmt::format(" and {} >= {}::timestamptz", at, parameter(*span.since));
    if (span.until) {
      out += fmt::format(" and date_trunc('second', {}) <= {}::timestamptz", at,
                         parameter(*span.until));
    }
    if (span.within) {
      out += fmt::format(" and {} >= $1::timestamptz - {}::bigint * interval '1 second'", at,
                         parameter(span.within->count()));
    }
    return out;
  }

  std::string write(const ChoiceIn& in) {
    std::vector<std::string> choices;
    for (const int choice : in.choices)
      choices.push_back(std::to_string(choice));
    const std::string values = parameter(choices);
    const std::string is_one = fmt::format(
        "(case when q.kind = 'multiple' then string_to_array(a.text, ' ') && {0}::text[] "
        "else a.choice = any({0}::text[]::smallint[]) end)",
        values);
    const std::string from = answers_to(in.question);
    const std::string span = within(in.span, "a.at");
    if (in.is_ever) {
      return holds(in.is_not, fmt::format("exists (select 1 {} and {}{})", from, is_one, span));
    }
    return holds(in.is_not,
                 fmt::format("(select {}{} {} order by a.at desc, a.answer_id desc limit 1)",
                             is_one, span, from));
  }

  std::string answers_to(const std::string& question) {
    return fmt::format(
        "from answer a join question q using (question_id) "
        "where a.bucket = v.bucket and a.voter_id = v.voter_id and q.key = {}",
        parameter(question));
  }

  /// Any answer that is such a number. What a number is, history.cpp says to the engine alike.
  std::string ever_answered(const NumberIs& number) {
    std::string bounds;
    if (number.least)
      bounds += fmt::format(" and {} >= {}::bigint", kSaidNumber, parameter(*number.least));
    if (number.most)
      bounds += fmt::format(" and {} <= {}::bigint", kSaidNumber, parameter(*number.most));
    return holds(false, fmt::format("exists (select 1 {}{})", answers_to(number.key), bounds));
  }

  std::string write(const ContactsAre& contacts) {
    std::string which =
        "from contact_attempt a where a.bucket = v.bucket and a.voter_id = v.voter_id";
    if (!contacts.results.empty()) {
      which += fmt::format(" and a.disposition = any({}::text[])", parameter(contacts.results));
    }
    if (!contacts.phonebanks.empty()) {
      which +=
          fmt::format(" and a.phonebank_id = any({}::bigint[])", parameter(contacts.phonebanks));
    }
    which += within(contacts.span, "a.ended_at");
    const bool has_bounds = contacts.least || contacts.most;
    if (!has_bounds) return fmt::format("exists (select 1 {})", which);
    return fmt::format("((select count(*) {}) between {}::bigint and {}::bigint)", which,
                       parameter(contacts.least.value_or(0)),
                       parameter(contacts.most.value_or(std::numeric_limits<std::int64_t>::max())));
  }

  std::string write(const ConsentIn& in) {
    std::vector<std::string> states;
    for (const ConsentState state : in.states)
      states.emplace_back(to_string(state));
    return holds(in.is_not,
                 fmt::format("exists (select 1 from consent c where c.bucket = v.bucket "
                             "and c.voter_id = v.voter_id and c.purpose = {} and c.channel = {} "
                             "and c.state = any({}::text[]))",
                             parameter(to_string(in.purpose)), parameter(to_string(in.channel)),
                             parameter(states)));
  }

  /// Of a person with several identities on the list the hold-out counts, else the first.
  std::string write(const ListIs& list) {
    const std::string identities =
        "(select v.bucket as home_bucket, v.voter_id as home_id union all "
        "select k.home_bucket, k.home_id from link k "
        "where k.bucket = v.bucket and k.voter_id = v.voter_id)";
    const std::string members = fmt::format(
        "from {} i join list_member m on m.bucket = i.home_bucket and m.voter_id = i.home_id "
        "where m.list_id = {}::bigint",
        identities, parameter(list.list));
    if (list.arm.empty()) return fmt::format("exists (select 1 {})", members);
    return holds(false, fmt::format("(select (select l.arms ->> m.arm from list l "
                                    "where l.list_id = m.list_id) = {}::text {} "
                                    "order by m.arm <> 0, m.ordinal limit 1)",
                                    parameter(list.arm), members));
  }

  std::string write(const SegmentIs&) {
    CHECK(false);  // its rule was to stand in its place
    return {};
  }

  std::string write(const NumberIs& number) {
    if (number.field == Field::answered) return ever_answered(number);
    const std::string value = number_of(number);
    std::string out;
    if (number.least) out = fmt::format("{} >= {}", value, parameter(*number.least));
    if (number.most) {
      out += fmt::format("{}{} <= {}", out.empty() ? "" : " and ", value, parameter(*number.most));
    }
    return holds(false, '(' + out + ')');
  }

  std::string number_of(const NumberIs& number) {
    switch (number.field) {
      case Field::age:
        return "(case when v.birth_date between '1880-01-01' and '2054-12-31' "
               "then case when v.birth_date <= $1::timestamptz::date "
               "then extract(year from age($1::timestamptz::date, v.birth_date)) end "
               "when v.birth_date is null and v.birth_year between 1880 and 2054 "
               "and v.birth_year <= extract(year from $1::timestamptz) "
               "then extract(year from $1::timestamptz) - v.birth_year end)";
      case Field::contact_count:
        return "(select count(*) from contact_attempt a "
               "where a.bucket = v.bucket and a.voter_id = v.voter_id)";
      case Field::votes_count:
        return votes_count(number);
      case Field::answer:
        return fmt::format("(select {} {} order by a.at desc, a.answer_id desc limit 1)",
                           kSaidNumber, answers_to(number.key));
      case Field::score: {
        const std::string value = fmt::format("s.other -> {}::text", parameter(number.key));
        return fmt::format(
            "(select case when jsonb_typeof({0}) = 'number' then ({0})::int end "
            "from voter_score s where s.bucket = v.bucket and s.voter_id = v.voter_id)",
            value);
      }
      default:
        return fmt::format(
            "(select s.{} from voter_score s "
            "where s.bucket = v.bucket and s.voter_id = v.voter_id)",
            score_column(number.field));
    }
  }

  std::string votes_count(const NumberIs& number) {
    const std::string all =
        "select count(distinct t.election_id) from vote t "
        "where t.bucket = v.bucket and t.voter_id = v.voter_id";
    if (!number.of_last) return '(' + all + ')';
    const std::string kind =
        number.of_kind.empty() ? "" : fmt::format(" and e.kind = {}", parameter(number.of_kind));
    return fmt::format(
        "({} and t.election_id in (select e.election_id from election e "
        "where e.state = v.state and e.held_on <= $1::timestamptz::date{} "
        "order by e.held_on desc, e.election_id desc limit {}))",
        all, kind, parameter(*number.of_last));
  }

  static std::string_view score_column(Field field) {
    if (field == Field::support_score) return "support";
    return field == Field::turnout_score ? "turnout" : "persuadability";
  }

  std::string write(const FlagIs& flag) {
    std::string condition;
    switch (flag.field) {
      case Field::has_phone:
        condition = "v.phone is not null";
        break;
      case Field::is_protected:
        condition = "v.protected";
        break;
      case Field::contacted:
        condition =
            "exists (select 1 from contact_attempt a "
            "where a.bucket = v.bucket and a.voter_id = v.voter_id)";
        break;
      default:
        condition =
            "exists (select 1 from suppression s where s.ended_at is null "
            "and (s.voter_id = v.voter_id or s.number = v.phone))";
    }
    return holds(!flag.value, condition);
  }

  std::string write(const TimeIs& time) {
    const std::string last =
        "(select max(a.ended_at) from contact_attempt a "
        "where a.bucket = v.bucket and a.voter_id = v.voter_id)";
    return holds(false, fmt::format("(true{})", within(time.span, last)));
  }

  pg::Parameters parameters_;
};

RuleSql finished(std::string_view head, const Rule& rule, Instant now, std::string_view foot) {
  Writer writer(now);
  const std::string condition = writer.write(rule);
  // The moment is mentioned in every statement: a parameter that is not would have no type.
  return {fmt::format("{} from voter v where $1::timestamptz is not null and {}{}", head, condition,
                      foot),
          writer.take_parameters()};
}

}  // namespace

RuleSql count_sql(const Rule& rule, Instant now) {
  return finished(
      "select count(*), count(distinct coalesce(v.household_id, -v.voter_id)), "
      "count(*) filter (where v.phone is not null)",
      rule, now, "");
}

RuleSql members_sql(const Rule& rule, Instant now) {
  return finished("select v.voter_id", rule, now, " order by v.voter_id");
}

}  // namespace hustings::segments
