#include "forms/xlsform.h"

#include <archive.h>
#include <archive_entry.h>
#include <memory>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/workbook.h"
#include "forms/xml_reader.h"

namespace hustings::forms {
namespace {

using surveys::Branch;
using surveys::QuestionKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Cells = std::vector<std::vector<std::string>>;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '&') {
      out += c == '<' ? "&lt;" : "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

/// A workbook as spreadsheet programs write it, its words in shared strings.
std::string workbook_of(const std::map<std::string, Cells>& sheets) {
  std::map<std::string, std::string> parts;
  std::string names;
  std::string files;
  std::string strings;
  int count = 0;
  int sheet = 0;
  for (const auto& [name, rows] : sheets) {
    ++sheet;
    names += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="r{}"/>)", name, sheet, sheet);
    files += fmt::format(R"(<Relationship Id="r{0}" Target="worksheets/sheet{0}.xml"/>)", sheet);
    std::string body;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      body += fmt::format(R"(<row r="{}">)", r + 1);
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        if (rows[r][c].empty()) continue;
        body += fmt::format(R"(<c r="{}{}" t="s"><v>{}</v></c>)",
                            static_cast<char>('A' + static_cast<int>(c)), r + 1, count++);
        strings += "<si><t>" + escaped(rows[r][c]) + "</t></si>";
      }
      body += "</row>";
    }
    parts[fmt::format("xl/worksheets/sheet{}.xml", sheet)] =
        "<?xml version=\"1.0\"?><x:worksheet><sheetData>" + body + "</sheetData></x:worksheet>";
  }
  parts["xl/workbook.xml"] = "<workbook><sheets>" + names + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + files + "</Relationships>";
  parts["xl/sharedStrings.xml"] = "<sst>" + strings + "</sst>";

  std::string bytes(1 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  for (const auto& [name, text] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

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
  EXPECT_THAT(draft.questions[0].branches,
              ElementsAre(Branch{1, "issues"}, Branch{3, "issues"}, Branch{0, "issues"}));
  EXPECT_EQ(draft.questions[2].kind, QuestionKind::multiple);
  EXPECT_TRUE(draft.questions[2].rotates);
  EXPECT_EQ(draft.questions[3].kind, QuestionKind::number);
  ASSERT_EQ(draft.translations.size(), 1U);
  EXPECT_EQ(draft.translations[0].language, "es");
  EXPECT_EQ(draft.translations[0].introduction, "¡Hola!");
  EXPECT_THAT(draft.translations[0].questions[0].choices,
              ElementsAre("Nuestro", "El otro", "Ninguno"));
}

TEST(Xlsform, EachAnswersOwnQuestionsFollowOneAnother) {
  const auto form = read({{"select_one party", "support", "Whom?"},
                          {"text", "help", "Will you help?", "", "selected(${support}, 'ours')"},
                          {"begin_group", "others", "", "", "${support} != 'ours'"},
                          {"text", "why", "Why?"},
                          {"text", "what", "What would move you?"},
                          {"end_group"},
                          {"integer", "age", "How old?"}});
  ASSERT_TRUE(form->refusals.empty()) << form->refusals.front().sentence;
  const auto& questions = form->draft.questions;
  EXPECT_THAT(questions[0].branches,
              ElementsAre(Branch{2, "why"}, Branch{3, "why"}, Branch{0, "why"}));
  EXPECT_THAT(questions[1].branches, ElementsAre(Branch{std::nullopt, "age"}));
  EXPECT_TRUE(questions[2].branches.empty());
  EXPECT_TRUE(questions[3].branches.empty());
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

TEST(Xlsform, RefusesRelevanceOfAQuestionFurtherUpAndUnknownChoices) {
  const auto late = read({{"select_one party", "support", "Whom?"},
                          {"integer", "age", "How old?"},
                          {"text", "why", "Why?", "", "${support} = 'ours'"}});
  ASSERT_EQ(late->refusals.size(), 1U);
  EXPECT_EQ(late->refusals[0].row, 4);
  EXPECT_THAT(late->refusals[0].sentence, HasSubstr("not the question just before"));
  const auto unknown = read({{"select_one party", "support", "Whom?"},
                             {"text", "why", "Why?", "", "${support} = 'green'"}});
  ASSERT_EQ(unknown->refusals.size(), 1U);
  EXPECT_THAT(unknown->refusals[0].sentence, HasSubstr("\"green\""));
  const auto tangled = read({{"select_one party", "support", "Whom?"},
                             {"text", "a", "A?", "", "${support} != 'none'"},
                             {"text", "b", "B?", "", "${support} = 'ours'"},
                             {"text", "c", "C?", "", "${support} = 'theirs'"}});
  ASSERT_EQ(tangled->refusals.size(), 1U);
  EXPECT_EQ(tangled->refusals[0].name, "a");
  const auto key = read({{"text", "no blank", "?"}});
  ASSERT_EQ(key->refusals.size(), 1U);
  EXPECT_EQ(key->refusals[0].row, 2);
}

TEST(Xlsform, OtherFilesAreRefused) {
  EXPECT_THAT(read_xlsform("no zip").error().sentence, HasSubstr("no .xlsx workbook"));
  EXPECT_THAT(read_xlsform(workbook_of({{"other", {{"a"}}}})).error().sentence,
              HasSubstr("no sheet called survey"));
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

TEST(Relevance, IsReadOrRefused) {
  EXPECT_TRUE(relevance_of("")->question.empty());
  const auto either = relevance_of(" ${a} = 'x' or selected( ${a} , \"y\" ) ");
  ASSERT_TRUE(either);
  EXPECT_THAT(either->names, ElementsAre("x", "y"));
  EXPECT_FALSE(either->is_not);
  const auto neither = relevance_of("${a} != 'x' and ${a} != 'y'");
  ASSERT_TRUE(neither);
  EXPECT_TRUE(neither->is_not);
  EXPECT_EQ(relevance_of("${a} = 1")->names.front(), "1");
  for (const char* wrong :
       {"${a} > 1", "${a} = 'x' and ${a} = 'y'", "${a} = 'x' or ${b} = 'y'", "not(${a} = 'x')",
        "${a = 'x'", "${a} = x", "${a} = 'x", "${a} != 'x' or ${a} != 'y'"})
    EXPECT_FALSE(relevance_of(wrong)) << wrong;
}

}  // namespace
}  // namespace hustings::forms
