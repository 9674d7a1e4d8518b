#include "forms/xlsform.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "forms/workbook.h"
#include "surveys/script_draft.h"
#include "surveys/survey_service.h"

namespace hustings::forms {
namespace {

using surveys::Question;
using surveys::QuestionKind;

// Rows that ask nothing and are filled in by a telephone: passed over.
constexpr std::array<std::string_view, 10> kMetadata = {
    "start",    "end",   "today", "deviceid",  "phonenumber",
    "username", "email", "audit", "simserial", "subscriberid"};
// Columns that change what is asked or how it counts, and that a script has nothing for.
constexpr std::array<std::string_view, 7> kRefusedColumns = {
    "constraint", "calculation", "repeat_count", "choice_filter",
    "trigger",    "default",     "read_only"};
// "label::English (en)" -> en
std::string language_of(std::string_view header) {
  const std::size_t open = header.rfind('(');
  const std::size_t close = header.rfind(')');
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
    return std::string(trim(header.substr(open + 1, close - open - 1)));
  }
  return std::string(trim(header));
}

/// A sheet by its header.
class Table {
 public:
  explicit Table(const std::vector<SheetRow>* rows) {
    if (rows == nullptr) return;
    for (const SheetRow& row : *rows) {
      const bool is_empty =
          std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
      if (is_empty) continue;
      if (columns_.empty()) {
        for (std::size_t i = 0; i < row.cells.size(); ++i)
          columns_[to_lower(row.cells[i])] = i;
      } else {
        rows_.push_back(&row);
      }
    }
  }
  const std::vector<const SheetRow*>& rows() const { return rows_; }
  std::string cell(const SheetRow& row, const std::string& column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= row.cells.size()) return {};
    return row.cells[found->second];
  }
  /// Of "label::English (en)" and the like: column by language; "" is the plain one.
  std::map<std::string, std::string> by_language(const std::string& name) const {
    std::map<std::string, std::string> out;
    for (const auto& [column, place] : columns_) {
      if (column == name) out[""] = column;
      if (column.starts_with(name + "::"))
        out[language_of(column.substr(name.size() + 2))] = column;
    }
    return out;
  }

 private:
  std::map<std::string, std::size_t> columns_;
  std::vector<const SheetRow*> rows_;
};

struct Choice {
  std::string name;
  std::map<std::string, std::string> words;  ///< by language
};

/// A question with what it takes to place it.
struct Item {
  Question question;
  std::map<std::string, std::string> text;  ///< by language
  std::vector<Choice> choices;
  Relevance relevance;
  std::int64_t row = 0;
};

class Reading {
 public:
  explicit Reading(const Workbook& workbook)
      : survey_(sheet(workbook, "survey")),
        choices_(sheet(workbook, "choices")),
        settings_(sheet(workbook, "settings")) {}

  ReadForm read() {
    read_settings();
    read_choices();
    for (const SheetRow* row : survey_.rows())
      read_row(*row);
    if (!groups_.empty()) refuse_at("survey", 0, groups_.back().first, "This group never ends.");
    if (out_.refusals.empty()) place_conditions();
    if (out_.refusals.empty()) write_draft();
    if (!out_.refusals.empty()) out_.draft = {};
    return std::move(out_);
  }

 private:
  static const std::vector<SheetRow>* sheet(const Workbook& workbook, const std::string& name) {
    const auto found = workbook.find(name);
    return found == workbook.end() ? nullptr : &found->second;
  }
  void refuse_at(std::string sheet, std::int64_t row, std::string name, std::string sentence) {
    out_.refusals.push_back({std::move(sheet), row, std::move(name), std::move(sentence)});
  }

  void read_settings() {
    if (settings_.rows().empty()) return;
    const SheetRow& row = *settings_.rows().front();
    out_.draft.name = settings_.cell(row, "form_title");
    default_language_ = language_of(settings_.cell(row, "default_language"));
  }

  void read_choices() {
    const auto labels = choices_.by_language("label");
    for (const SheetRow* row : choices_.rows()) {
      const std::string list = choices_.cell(*row, "list_name").empty()
                                   ? choices_.cell(*row, "list name")
                                   : choices_.cell(*row, "list_name");
      Choice choice{.name = choices_.cell(*row, "name"), .words = {}};
      for (const auto& [language, column] : labels)
        choice.words[language] = choices_.cell(*row, column);
      if (list.empty() || choice.name.empty()) {
        refuse_at("choices", row->row, list, "A choice needs list_name and name.");
        continue;
      }
      lists_[list].push_back(std::move(choice));
    }
  }

  void read_row(const SheetRow& row) {
    const std::string type = survey_.cell(row, "type");
    const std::string name = survey_.cell(row, "name");
    const auto words = split(type, ' ');
    const std::string kind(words.empty() ? std::string_view() : words[0]);
    if (kind.empty() || std::ranges::find(kMetadata, kind) != kMetadata.end()) {
      if (!kind.empty()) out_.left_out.push_back(fmt::format("row {}: {}", row.row, kind));
      return;
    }
    if (kind == "begin_group" || type == "begin group") return begin_group(row, name);
    if (kind == "end_group" || type == "end group") return end_group(row);
    for (const std::string_view column : kRefusedColumns) {
      if (survey_.cell(row, std::string(column)).empty()) continue;
      refuse_at("survey", row.row, name,
                fmt::format("\"{}\" is not supported: a script cannot keep it.", column));
    }
    if (kind == "note") return read_note(row);
    auto item = read_item(row, kind, words, name);
    if (item) items_.push_back(*std::move(item));
  }

  void begin_group(const SheetRow& row, const std::string& name) {
    groups_.emplace_back(name, relevance_here(row, name));
  }
  /// What a row says itself, together with what its groups say.
  Relevance relevance_here(const SheetRow& row, const std::string& name) {
    const auto own = relevance_of(survey_.cell(row, "relevant"));
    const auto all = own && !groups_.empty() ? both_relevant(groups_.back().second, *own) : own;
    if (all) return *all;
    refuse_at("survey", row.row, name, all.error().sentence);
    return {};
  }
  void end_group(const SheetRow& row) {
    if (groups_.empty()) {
      refuse_at("survey", row.row, "", "Here a group ends that never began.");
    } else {
      groups_.pop_back();
    }
  }

  /// Notes before the first question introduce, those after the last close.
  void read_note(const SheetRow& row) {
    if (!survey_.cell(row, "relevant").empty()) {
      refuse_at("survey", row.row, survey_.cell(row, "name"),
                "A note for some voters only is not supported.");
      return;
    }
    for (const auto& [language, column] : survey_.by_language("label")) {
      std::string& passage = items_.empty() ? introduction_[language] : closing_[language];
      if (!passage.empty()) passage += '\n';
      passage += survey_.cell(row, column);
    }
    if (!items_.empty()) note_row_ = row.row;
  }

  std::optional<QuestionKind> kind_of(const std::string& type) const {
    if (type == "select_one") return QuestionKind::choice;
    if (type == "select_multiple") return QuestionKind::multiple;
    if (type == "integer" || type == "decimal") return QuestionKind::number;
    if (type == "text") return QuestionKind::text;
    return std::nullopt;
  }

  std::optional<Item> read_item(const SheetRow& row, const std::string& type,
                                const std::vector<std::string_view>& words,
                                const std::string& name) {
    const auto kind = kind_of(type);
    if (!kind) {
      refuse_at("survey", row.row, name,
                fmt::format("Questions of the type \"{}\" are not supported; select_one, "
                            "select_multiple, integer, decimal, text, note and groups are.",
                            type));
      return std::nullopt;
    }
    if (!closing_.empty()) {
      refuse_at("survey", note_row_, "", "A note between questions is not supported.");
      closing_.clear();
    }
    Item item{.row = row.row};
    item.question.key = to_lower(name);
    item.question.kind = *kind;
    for (const auto& [language, column] : survey_.by_language("label"))
      item.text[language] = survey_.cell(row, column);
    if (surveys::has_choices(*kind)) {
      read_choices_of(row, words, name, item);
      item.question.rotates = survey_.cell(row, "parameters").contains("randomize=true");
    }
    item.relevance = relevance_here(row, name);
    return item;
  }

  void read_choices_of(const SheetRow& row, const std::vector<std::string_view>& words,
                       const std::string& name, Item& item) {
    const auto list = words.size() >= 2 ? lists_.find(std::string(words[1])) : lists_.end();
    if (list == lists_.end()) {
      refuse_at("survey", row.row, name, "The choices sheet has no list of this name.");
      return;
    }
    if (words.size() > 2) {
      refuse_at("survey", row.row, name,
                "or_other is not supported: add a choice and a text question.");
    }
    item.choices = list->second;
  }

  /// Relevance by names as conditions on earlier questions.
  void place_conditions() {
    for (std::size_t at = 0; at < items_.size(); ++at) {
      Item& item = items_[at];
      for (const RelevantAlternative& terms : item.relevance) {
        surveys::Alternative alternative;
        for (const RelevantTerm& term : terms) {
          const auto condition = condition_of(term, at);
          if (!condition) {
            refuse_at("survey", item.row, item.question.key, condition.error().sentence);
            return;
          }
          alternative.all.push_back(*condition);
        }
        item.question.asked_if.push_back(std::move(alternative));
      }
    }
  }

  Result<surveys::Condition> condition_of(const RelevantTerm& term, std::size_t before) const {
    const auto end = items_.begin() + static_cast<std::ptrdiff_t>(before);
    const auto decider = std::find_if(items_.begin(), end, [&](const Item& item) {
      return item.question.key == to_lower(term.question);
    });
    if (decider == end) {
      return invalid(
          fmt::format("relevant names \"{}\", which is no earlier question.", term.question));
    }
    const QuestionKind kind = decider->question.kind;
    if (!surveys::has_choices(kind)) {
      return invalid(fmt::format(
          "relevant is supported on select_one and select_multiple questions; \"{}\" is neither.",
          term.question));
    }
    if (kind == QuestionKind::multiple && !term.is_selected) {
      return invalid(
          fmt::format("\"{0}\" is a select_multiple question: write selected(${{{0}}}, '{1}').",
                      term.question, term.name));
    }
    const auto choice = std::ranges::find(decider->choices, term.name, &Choice::name);
    if (choice == decider->choices.end()) {
      return invalid(fmt::format("relevant names the choice \"{}\", which {} does not have.",
                                 term.name, decider->question.key));
    }
    return surveys::Condition{.question = decider->question.key,
                              .choice = static_cast<int>(choice - decider->choices.begin()) + 1,
                              .is_not = term.is_not};
  }

  std::string main_language() const {
    std::set<std::string> languages;
    for (const Item& item : items_) {
      for (const auto& [language, words] : item.text)
        languages.insert(language);
    }
    if (languages.contains(default_language_) && !default_language_.empty())
      return default_language_;
    if (languages.contains("")) return "";
    return languages.empty() ? "" : *languages.begin();
  }

  static std::string in(const std::map<std::string, std::string>& words,
                        const std::string& language) {
    const auto found = words.find(language);
    return found == words.end() ? std::string() : found->second;
  }

  void write_draft() {
    const std::string main = main_language();
    surveys::ScriptDraft& draft = out_.draft;
    if (draft.name.empty()) draft.name = "XLSForm";
    draft.language = main.empty() ? "en" : main;
    draft.introduction = in(introduction_, main);
    draft.closing = in(closing_, main);
    std::set<std::string> languages;
    for (Item& item : items_) {
      item.question.text = in(item.text, main);
      for (const Choice& choice : item.choices) {
        const std::string words = in(choice.words, main);
        item.question.choices.push_back(words.empty() ? choice.name : words);
      }
      for (const auto& [language, words] : item.text)
        languages.insert(language);
      draft.questions.push_back(item.question);
    }
    for (const std::string& language : languages) {
      if (language != main && !language.empty())
        draft.translations.push_back(translation(language));
    }
    if (const Status checked = surveys::check_draft(draft); !checked) {
      refuse_at("survey", row_at(checked.error().where), checked.error().where,
                checked.error().sentence);
    }
  }

  surveys::Translation translation(const std::string& language) const {
    surveys::Translation out{.language = language,
                             .introduction = in(introduction_, language),
                             .closing = in(closing_, language),
                             .questions = {}};
    for (const Item& item : items_) {
      surveys::QuestionWords words{
          .key = item.question.key, .text = in(item.text, language), .choices = {}};
      for (const Choice& choice : item.choices)
        words.choices.push_back(in(choice.words, language));
      const bool is_whole = std::ranges::none_of(words.choices, &std::string::empty);
      if (!is_whole) words.choices.clear();
      if (!words.text.empty() || !words.choices.empty()) out.questions.push_back(std::move(words));
    }
    return out;
  }

  /// The sheet's row of "questions[3].key".
  std::int64_t row_at(std::string_view where) const {
    constexpr std::string_view kQuestions = "questions[";
    if (!where.starts_with(kQuestions)) return 0;
    where.remove_prefix(kQuestions.size());
    const auto place = parse_int(where.substr(0, where.find(']')));
    const bool is_there = place && *place >= 0 && *place < std::ssize(items_);
    return is_there ? items_[static_cast<std::size_t>(*place)].row : 0;
  }

  Table survey_;
  Table choices_;
  Table settings_;
  std::string default_language_;
  std::map<std::string, std::vector<Choice>> lists_;
  std::vector<std::pair<std::string, Relevance>> groups_;
  std::vector<Item> items_;
  std::map<std::string, std::string> introduction_;
  std::map<std::string, std::string> closing_;
  std::int64_t note_row_ = 0;
  ReadForm out_;
};

}  // namespace

Result<ReadForm> read_xlsform(std::string_view bytes) {
  const Workbook workbook = TRY(read_workbook(bytes));
  if (!workbook.contains("survey")) {
    return invalid("The workbook has no sheet called survey, so it is no XLSForm.", "file");
  }
  return Reading(workbook).read();
}

}  // namespace hustings::forms
