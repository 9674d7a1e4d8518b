#include "forms/workbook.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "forms/testing/workbook_bytes.h"
#include "forms/xlsform.h"
#include "forms/xml_reader.h"

// Nothing that is uploaded as a form may end the program, whatever it holds.
namespace hustings::forms {
namespace {

const std::map<std::string, testing::Cells> kForm = {
    {"survey",
     {{"type", "name", "label::English (en)", "relevant"},
      {"select_one party", "support", "Whom?"},
      {"begin_group", "g", "", "selected(${support}, 'ours')"},
      {"select_multiple party", "both", "Which?", "${support} != 'theirs'"},
      {"end_group"},
      {"integer", "age", "Age & all?"}}},
    {"choices", {{"list_name", "name", "label"}, {"party", "ours", "O"}, {"party", "theirs", "T"}}},
    {"settings", {{"form_title"}, {"Form"}}}};

struct Change {
  std::size_t at;
  std::string with;
  std::size_t gone;
};

rc::Gen<Change> a_change() {
  return rc::gen::construct<Change>(
      rc::gen::arbitrary<std::size_t>(),
      rc::gen::oneOf(rc::gen::container<std::string>(rc::gen::arbitrary<char>()),
                     rc::gen::element<std::string>("<", ">", "<row>", "<c r=\"ZZ9\">", "&#0;", "&",
                                                   "]]>", "<![CDATA[", "<!DOCTYPE x>", "\"", "/>",
                                                   "<sheet name='survey' id='r1'/>", "PK\3\4")),
      rc::gen::inRange<std::size_t>(0, 20));
}

std::string changed(std::string text, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    const std::size_t at = change.at % (text.size() + 1);
    text.replace(at, std::min(change.gone, text.size() - at), change.with);
  }
  return text;
}

/// What is read can be shown, and is within its bounds; what is refused says why.
void must_hold(std::string_view bytes) {
  const auto form = read_xlsform(bytes);
  if (!form) {
    RC_ASSERT(!form.error().sentence.empty());
    return;
  }
  RC_ASSERT(form->refusals.empty() || form->draft.questions.empty());
  for (const FormRefusal& one : form->refusals)
    RC_ASSERT(is_utf8(one.name) && is_utf8(one.sentence) && !one.sentence.empty());
  for (const surveys::Question& question : form->draft.questions)
    RC_ASSERT(is_utf8(question.text) && !question.text.contains('\0'));
}

RC_GTEST_PROP(WorkbookReader, TakesAnyBytes, (const std::string& bytes)) { must_hold(bytes); }

RC_GTEST_PROP(WorkbookReader, TakesBrokenZips, ()) {
  static const std::string kBytes = testing::workbook_of(kForm);
  const auto changes = *rc::gen::container<std::vector<Change>>(a_change());
  const auto length = *rc::gen::inRange<std::size_t>(0, kBytes.size() + 1);
  must_hold(changed(kBytes, changes));
  must_hold(std::string_view(kBytes).substr(0, length));
}

RC_GTEST_PROP(WorkbookReader, TakesBrokenXml, ()) {
  auto parts = testing::parts_of(kForm);
  auto& [name, text] = *std::next(parts.begin(), *rc::gen::inRange<std::ptrdiff_t>(0, 6));
  text = changed(text, *rc::gen::nonEmpty(rc::gen::container<std::vector<Change>>(a_change())));
  must_hold(testing::zip_of(parts));
}

RC_GTEST_PROP(XmlReaderProperty, EndsWhateverItIsGiven, ()) {
  const std::string text =
      changed("<a b='1'><c/>t&amp;</a>", *rc::gen::container<std::vector<Change>>(a_change()));
  XmlReader reader(text);
  // Each step takes a letter at least, but for the ends of <a/>.
  for (std::size_t steps = 0;; ++steps) {
    RC_ASSERT(steps <= 2 * text.size() + 2);
    const auto piece = reader.next();
    if (!piece || piece->kind == XmlReader::Kind::done) break;
  }
}

/// An expression as XPath writes it, and what it is worth.
struct Expression {
  std::string text;
  std::function<bool(int)> holds;  ///< of an answer to each of three questions, in base 3
};

rc::Gen<Expression> an_expression(int depth) {
  auto term = rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 3), rc::gen::inRange(0, 3), rc::gen::inRange(0, 3)),
      [](const std::tuple<int, int, int>& of) {
        const auto [question, answer, how] = of;
        const int power = question == 0 ? 1 : question == 1 ? 3 : 9;
        const auto is = [power, wanted = answer](int all) { return all / power % 3 == wanted; };
        const char name = static_cast<char>('a' + question);
        if (how == 0) return Expression{fmt::format("${{{}}} = '{}'", name, answer), is};
        if (how == 1) return Expression{fmt::format("selected(${{{}}},'{}')", name, answer), is};
        return Expression{fmt::format("${{{}}}!={}", name, answer),
                          [is](int all) { return !is(all); }};
      });
  if (depth == 0) return term;
  const auto pair = rc::gen::pair(an_expression(depth - 1), an_expression(depth - 1));
  const auto both = rc::gen::map(pair, [](const std::pair<Expression, Expression>& of) {
    return Expression{fmt::format("({}) and ({})", of.first.text, of.second.text),
                      [of](int all) { return of.first.holds(all) && of.second.holds(all); }};
  });
  const auto either = rc::gen::map(pair, [](const std::pair<Expression, Expression>& of) {
    return Expression{fmt::format("({}) or ({})", of.first.text, of.second.text),
                      [of](int all) { return of.first.holds(all) || of.second.holds(all); }};
  });
  const auto none = rc::gen::map(an_expression(depth - 1), [](const Expression& of) {
    return Expression{fmt::format("not({})", of.text), [of](int all) { return !of.holds(all); }};
  });
  return rc::gen::oneOf(term, both, either, none);
}

RC_GTEST_PROP(RelevanceProperty, MeansWhatXPathMeans, ()) {
  const Expression expression = *an_expression(3);
  const auto relevance = relevance_of(expression.text);
  if (!relevance) {  // more than a script can keep
    RC_ASSERT(relevance.error().sentence.contains("more than"));
    RC_DISCARD("too many alternatives");
  }
  for (int all = 0; all < 27; ++all) {
    const auto holds = [all](const RelevantTerm& term) {
      const int power = term.question == "a" ? 1 : term.question == "b" ? 3 : 9;
      return (all / power % 3 == parse_int(term.name)) != term.is_not;
    };
    const bool is_relevant =
        std::ranges::any_of(*relevance, [&](const RelevantAlternative& alternative) {
          return std::ranges::all_of(alternative, holds);
        });
    RC_ASSERT(is_relevant == expression.holds(all));
  }
}

RC_GTEST_PROP(RelevanceProperty, TakesAnyText, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("${a}", "=", "!=", "'x'", "selected(", "not(", "(", ")", "and",
                                    "or", ",", " ", "$", "{", "1", "\"y", "ä"));
  const auto relevance = relevance_of(join(pieces, " "));
  RC_ASSERT(relevance || !relevance.error().sentence.empty());
}

}  // namespace
}  // namespace hustings::forms
