#include "forms/xlsform.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/testing/workbook_bytes.h"
#include "forms/workbook.h"
#include "forms/xml_reader.h"

namespace hustings::forms {
namespace {

using testing::Cells;
using testing::workbook_of;

using surveys::Alternative;
using surveys::Condition;
using surveys::QuestionKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Cells kChoices = {{"list_name", "name", "label::English (en)", "label::Español (es)"},
                        {"party", "ours", "Ours & co.", "Nuestro"},
                        {"party", "theirs", "Theirs", "El otro"},
                        {"party", "none", "None", "Ninguno"},
                        {"issue", "jobs", "Jobs", "Trabajo"},
                        {"issue", "roads", "Roads", "Calles"}};
const std::vector<std::string> kHead = {
    "type",     "name",       "label::English (en)", "label::Español (es)",
    "relevant", "parameters", "constraint"};

Result<ReadForm> read(Cells survey) {
  survey.insert(survey.begin(), kHead);
  return read_xlsform(workbook_of(
      {{"survey", survey},
       {"choices", kChoices},
       {"settings", {{"form_title", "default_language"}, {"Spring survey", "English (en)"}}}}));
}

TEST(Xlsform, BecomesAScriptWithLanguagesSkipsAndKinds) {
  const auto form = read(
      {{"start", "start"},
       {"note", "hello", "Hello!", "¡Hola!"},
       {"select_one party", "Support", "Whom?", "¿Quién?"},
       {"text", "why", "Why them?", "", "${Support} = 'theirs'"},
       {"select_multiple issue", "issues", "What matters?", "¿Qué importa?", "", "randomize=true"},
       {"integer", "age", "How old?", "¿Edad?"},
       {"note", "bye", "Thanks.", "Gracias."}});
  ASSERT_TRUE(form) << form.error().text();
  ASSERT_TRUE(form->refusals.empty()) << form->refusals.front().sentence;
  EXPECT_THAT(form->left_out, ElementsAre("row 2: start"));
  const surveys::ScriptDraft& draft = form->draft;
  EXPECT_EQ(draft.name, "Spring survey");
  EXPECT_EQ(draft.language, "en");
  EXPECT_EQ(draft.introduction, "Hello!");
  EXPECT_EQ(draft.closing, "Thanks.");
  ASSERT_EQ(draft.questions.size(), 4U);
  EXPECT_EQ(draft.questions[0].key, "support");
  EXPECT_THAT(draft.questions[0].choices, ElementsAre("Ours & co.", "Theirs", "None"));
  EXPECT_THAT(draft.questions[1].asked_if, ElementsAre(Alternative{{{"support", 2}}}));
  EXPECT_EQ(draft.questions[2].kind, QuestionKind::multiple);
  EXPECT_TRUE(draft.questions[2].rotates);
  EXPECT_EQ(draft.questions[3].kind, QuestionKind::number);
  ASSERT_EQ(draft.translations.size(), 1U);
  EXPECT_EQ(draft.translations[0].language, "es");
  EXPECT_EQ(draft.translations[0].introduction, "¡Hola!");
  EXPECT_THAT(draft.translations[0].questions[0].choices,
              ElementsAre("Nuestro", "El otro", "Ninguno"));
}

TEST(Xlsform, RelevantOnAnyEarlierQuestionsWithAndOrAndGroups) {
  const auto form = read(
      {{"select_one party", "support", "Whom?"},
       {"integer", "age", "How old?"},
       {"select_multiple issue", "issues", "What matters?"},
       {"text", "help", "Will you help?", "",
        "${support} = 'ours' and (selected(${issues}, 'jobs') or selected(${issues}, 'roads'))"},
       {"begin_group", "others", "", "", "not(${support} = 'ours' or ${support} = 'none')"},
       {"text", "why", "Why?"},
       {"text", "what", "What?", "", "${support}='theirs' or selected(${issues},'jobs')"},
       {"end_group"},
       {"text", "last", "?"}});
  ASSERT_TRUE(form->refusals.empty()) << form->refusals.front().sentence;
  const auto& questions = form->draft.questions;
  ASSERT_EQ(questions.size(), 7U);
  EXPECT_THAT(questions[3].asked_if, ElementsAre(Alternative{{{"support", 1}, {"issues", 1}}},
                                                 Alternative{{{"support", 1}, {"issues", 2}}}));
  const Condition not_ours{"support", 1, true};
  const Condition not_none{"support", 3, true};
  EXPECT_THAT(questions[4].asked_if, ElementsAre(Alternative{{not_ours, not_none}}));
  EXPECT_THAT(questions[5].asked_if, ElementsAre(Alternative{{not_ours, not_none, {"support", 2}}},
                                                 Alternative{{not_ours, not_none, {"issues", 1}}}));
  EXPECT_TRUE(questions[6].asked_if.empty());
  for (const surveys::Question& question : questions)
    EXPECT_TRUE(question.branches.empty());
}

TEST(Xlsform, RefusesByNameAndRowWhatItCannotKeep) {
  const auto form = read({{"select_one party", "support", "Whom?"},
                          {"geopoint", "place", "Where?"},
                          {"integer", "age", "How old?", "", "", "", ". > 17"},
                          {"select_one luck", "x", "?"},
                          {"text", "late", "Why?", "", "${support} = 'ours'"},
                          {"text", "odd", "Why?", "", "${age} > 30"},
                          {"begin_repeat", "kids", ""}});
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->draft.questions.empty());
  std::map<std::int64_t, std::string> by_row;
  for (const FormRefusal& one : form->refusals)
    by_row[one.row] = one.name + ": " + one.sentence;
  EXPECT_THAT(by_row[3], HasSubstr("place: Questions of the type \"geopoint\""));
  EXPECT_THAT(by_row[4], HasSubstr("age: \"constraint\""));
  EXPECT_THAT(by_row[5], HasSubstr("x: The choices sheet"));
  EXPECT_THAT(by_row[7], HasSubstr("odd: relevant is understood as"));
  EXPECT_THAT(by_row[8], HasSubstr("kids: Questions of the type \"begin_repeat\""));
}

TEST(Xlsform, RefusesRelevanceThatNoEarlierQuestionDecides) {
  const auto sentence_of = [](const std::string& relevant) {
    const auto form = read({{"select_one party", "support", "Whom?"},
                            {"select_multiple issue", "issues", "What?"},
                            {"integer", "age", "How old?"},
                            {"text", "why", "Why?", "", relevant},
                            {"select_one party", "later", "Whom now?"}});
    if (form->refusals.size() != 1) return std::string("not refused once");
    EXPECT_EQ(form->refusals[0].row, 5);
    EXPECT_EQ(form->refusals[0].name, "why");
    return form->refusals[0].sentence;
  };
  EXPECT_THAT(sentence_of("${later} = 'ours'"), HasSubstr("no earlier question"));
  EXPECT_THAT(sentence_of("${why} = 'ours'"), HasSubstr("no earlier question"));
  EXPECT_THAT(sentence_of("${support} = 'green'"), HasSubstr("\"green\""));
  EXPECT_THAT(sentence_of("${age} = 3"), HasSubstr("is neither"));
  EXPECT_THAT(sentence_of("${issues} = 'jobs'"), HasSubstr("selected(${issues}, 'jobs')"));
  EXPECT_THAT(sentence_of("${age} > 17"), HasSubstr("relevant is understood as"));
  const auto key = read({{"text", "no blank", "?"}});
  ASSERT_EQ(key->refusals.size(), 1U);
  EXPECT_EQ(key->refusals[0].row, 2);
}

TEST(Xlsform, OtherFilesAreRefused) {
  EXPECT_THAT(read_xlsform("no zip").error().sentence, HasSubstr("no .xlsx workbook"));
  EXPECT_THAT(read_xlsform(workbook_of({{"other", {{"a"}}}})).error().sentence,
              HasSubstr("no sheet called survey"));
}

TEST(Workbook, IsBoundedWhateverASmallFileUnpacksTo) {
  // One long string, named by each cell of a thousand rows.
  std::string rows;
  for (int row = 1; row <= 1000; ++row)
    rows += fmt::format(R"(<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>)", row);
  auto parts = testing::parts_of({{"survey", {{"type"}}}});
  parts["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(1 << 20, 'x') + "</t></si></sst>";
  parts["xl/worksheets/sheet1.xml"] = "<worksheet>" + rows + "</worksheet>";
  EXPECT_EQ(read_workbook(testing::zip_of(parts)).error().code, ErrorCode::over_limit);
  std::string names;
  for (int sheet = 0; sheet < 60; ++sheet)
    names += fmt::format(R"(<sheet name="s{}" r:id="r1"/>)", sheet);
  parts = testing::parts_of({{"survey", {{"type"}}}});
  parts["xl/workbook.xml"] = "<workbook>" + names + "</workbook>";
  EXPECT_EQ(read_workbook(testing::zip_of(parts)).error().code, ErrorCode::over_limit);
  parts["xl/workbook.xml"] = "<workbook>\xff</workbook>";
  EXPECT_EQ(read_workbook(testing::zip_of(parts)).error().code, ErrorCode::invalid);
}

TEST(Workbook, NumbersInlineTextsAndGaps) {
  XmlReader reader("<a x='1 > 0'>t&#65;&amp;<b/></a>");
  EXPECT_EQ(reader.next()->attributes.at("x"), "1 > 0");
  EXPECT_EQ(reader.next()->text, "tA&");
  EXPECT_EQ(reader.next()->name, "b");
  EXPECT_EQ(reader.next()->kind, XmlReader::Kind::end);
  EXPECT_EQ(reader.next()->name, "a");
  EXPECT_EQ(reader.next()->kind, XmlReader::Kind::done);
  EXPECT_FALSE(XmlReader("<!DOCTYPE x [<!ENTITY a 'b'>]>").next());
  EXPECT_FALSE(XmlReader("<a b>").next());
  EXPECT_FALSE(XmlReader("&none;").next());
  const auto book = read_workbook(workbook_of({{"Survey", {{"a", "", "c"}, {}, {"d"}}}}));
  ASSERT_TRUE(book) << book.error().text();
  const auto& rows = book->at("survey");
  EXPECT_THAT(rows[0].cells, ElementsAre("a", "", "c"));
  EXPECT_EQ(rows[2].row, 3);
}

/// "a=x & !a=y | b=z": alternatives by "|".
std::string text_of(const Relevance& relevance) {
  std::string out;
  for (const RelevantAlternative& all : relevance) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < all.size(); ++i) {
      out += fmt::format("{}{}{}{}{}", i == 0 ? "" : " & ", all[i].is_not ? "!" : "",
                         all[i].question, all[i].is_selected ? "~" : "=", all[i].name);
    }
  }
  return out;
}

TEST(Relevance, IsReadAsXPathHasIt) {
  const auto of = [](const char* text) {
    const auto relevance = relevance_of(text);
    return relevance ? text_of(*relevance) : relevance.error().sentence;
  };
  EXPECT_EQ(of(" "), "");
  EXPECT_EQ(of(" ${a} = 'x' or selected( ${a} , \"y\" ) "), "a=x | a~y");
  EXPECT_EQ(of("${a} != 'x' and ${a} != 'y'"), "!a=x & !a=y");
  EXPECT_EQ(of("${a} = 1"), "a=1");
  EXPECT_EQ(of("${a}=1 or ${b}=2 and ${c}=3"), "a=1 | b=2 & c=3") << "and binds closer";
  EXPECT_EQ(of("(${a}=1 or ${b}=2) and ${c}=3"), "a=1 & c=3 | b=2 & c=3");
  EXPECT_EQ(of("not(${a}=1 or not(selected(${b},'2')))"), "!a=1 & b~2");
  EXPECT_EQ(of("not (${a}=1 and ${b}!=2)"), "!a=1 | b=2");
}

TEST(Relevance, IsRefusedWhereAScriptCannotKeepIt) {
  for (const char* wrong : {"${a} > 1", "not ${a} = 'x'", "${a = 'x'", "${a} = x", "${a} = 'x",
                            "(${a} = 'x'", "${a} = 'x')", "${a} = 'x' ${b} = 'y'", "${a} = 'x' and",
                            "or", "count(${a}) = 1", "selected(${a} 'x')", "selected(${a}, 'x'"})
    EXPECT_FALSE(relevance_of(wrong)) << wrong;
  std::string many = "${a} = 0";
  for (int i = 1; i < 20; ++i)
    many += fmt::format(" or ${{a}} = {}", i);
  EXPECT_TRUE(relevance_of(many));
  EXPECT_FALSE(relevance_of(many + " or ${a} = 20"));
  EXPECT_FALSE(relevance_of("(" + many + ") and (${b} = 1 or ${b} = 2)"));
  EXPECT_FALSE(relevance_of(std::string(10'000, '('))) << "and the stack stays small";
}

}  // namespace
}  // namespace hustings::forms
