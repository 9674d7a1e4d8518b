#include "segments/rule_sql.h"

#include <fmt/format.h>

namespace hustings::segments {
namespace {

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
    if (in.field == Field::voted) {
      return holds(in.is_not,
                   fmt::format("exists (select 1 from vote t join election e using (election_id) "
                               "where t.bucket = v.bucket and t.voter_id = v.voter_id "
                               "and to_char(e.held_on, 'YYYY-MM-DD') || ' ' || e.kind = any({}))",
                               values));
    }
    const std::string value =
        in.field == Field::last_disposition
            ? "(select a.disposition from contact_attempt a where a.bucket = v.bucket "
              "and a.voter_id = v.voter_id order by a.ended_at desc, a.attempt_id desc limit 1)"
            : fmt::format("v.{}", name(in.field));
    return holds(in.is_not, fmt::format("{} = any({})", value, values));
  }

  std::string write(const ChoiceIn& in) {
    std::vector<std::string> choices;
    for (const int choice : in.choices)
      choices.push_back(std::to_string(choice));
    return holds(in.is_not,
                 fmt::format("(select a.choice from answer a join question q using (question_id) "
                             "where a.bucket = v.bucket and a.voter_id = v.voter_id "
                             "and q.key = {} order by a.at desc, a.answer_id desc limit 1) "
                             "= any({}::smallint[])",
                             parameter(in.question), parameter(choices)));
  }

  std::string write(const NumberIs& number) {
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
        return votes_count(number.of_last);
      default:
        return fmt::format(
            "(select s.{} from voter_score s "
            "where s.bucket = v.bucket and s.voter_id = v.voter_id)",
            score_column(number.field));
    }
  }

  std::string votes_count(std::optional<int> of_last) {
    const std::string all =
        "select count(distinct t.election_id) from vote t "
        "where t.bucket = v.bucket and t.voter_id = v.voter_id";
    if (!of_last) return '(' + all + ')';
    return fmt::format(
        "({} and t.election_id in (select e.election_id from election e "
        "where e.state = v.state and e.held_on <= $1::timestamptz::date "
        "order by e.held_on desc, e.election_id desc limit {}))",
        all, parameter(*of_last));
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
    std::vector<std::string> parts;
    if (time.least) parts.push_back(fmt::format("{} >= {}", last, parameter(*time.least)));
    if (time.most) {
      parts.push_back(fmt::format("date_trunc('second', {}) <= {}", last, parameter(*time.most)));
    }
    if (time.within_days) {
      parts.push_back(fmt::format("{} >= $1::timestamptz - {}::int * interval '24 hours'", last,
                                  parameter(*time.within_days)));
    }
    return holds(false, fmt::format("({})", fmt::join(parts, " and ")));
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
