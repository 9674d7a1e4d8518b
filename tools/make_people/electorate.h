// A synthetic electorate, written as the files a campaign gets from North Carolina, plus the truth
// behind them that no campaign ever sees. The same spec gives the same bytes, whatever the number
// of threads. Nobody in it is real.
//
// write_electorate may be called from several threads at once for different folders.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace hustings::people {

// Which release of the state's header. Both describe the same people for the same seed; between
// them the codes of municipalities and voting districts changed while their names did not, as they
// did in January 2026.
enum class Layout { nc_2026_02, nc_2022_02 };

inline constexpr std::uint64_t kVotersMax = 200'000'000;
inline constexpr std::uint64_t kBrokenMax = 1'000'000;
inline constexpr int kThreadsMax = 64;
inline constexpr double kQuirkScaleMax = 50;

struct ElectorateSpec {
  std::uint64_t voters = 0;  // rows of the roll, broken rows not counted
  std::uint64_t seed = 1;
  Layout layout = Layout::nc_2026_02;
  std::filesystem::path folder;  // made if missing; files of the same names are replaced
  int threads = 0;               // 0: one for each core
  std::uint64_t broken = 0;      // rows that no importer should take, listed in broken.csv
  bool history = true;           // write ncvhis.txt
  bool quoted = true;            // every field in double quotes, never escaped
  bool crlf = false;             // lines end in CR LF
  double quirk_scale = 1;        // multiplies the rates of the rare quirks, for small test files
};

// What real rolls contain and importers trip over. Counts are of roll rows unless said otherwise,
// are taken as the row is written, and can all be found again by reading the files.
enum class Quirk {
  padded_field,             // fields (not rows) that end in a blank
  double_blank,             // two blanks between house number and street
  date_1900,                // registr_dt 01/01/1900
  date_hashes,              // registr_dt ##/##/####
  date_crosses,             // registr_dt XX-XX-XXXX
  date_1812,                // registr_dt 07/01/1812
  date_future,              // registr_dt after the file's own date
  confidential,             // confidential_ind Y; address CONFIDENTIAL or blank
  removed_address,          // res_street_address REMOVED, every other address field blank
  phone_placeholder,        // area code 000 or 999, or number 0000000 or 9999999
  phone_seven_digits,       // number without its area code
  suffix_in_last_name,      // SMITH JR in last_name, name_suffix_lbl blank
  no_middle_name_mark,      // middle_name NMN
  nickname_quoted,          // a bare " inside first_name
  nickname_bracketed,       // a nickname in brackets in first_name
  digit_in_name,            // 0 or 1 typed for O or I in last_name
  apostrophe_in_last_name,  // O'NEAL
  apostrophe_for_accent,    // first_name RENEE'
  hyphen_in_last_name,      // SMITH-JONES
  lower_case_particle,      // McDONALD
  non_ascii,                // a Windows-1252 byte above 127 in a name
  missing_first_name,       // first_name blank
  honorific_suffix,         // name_suffix_lbl DR, REV and the like
  zip_nine_digits,          // zip_code of nine digits without a dash
  hash_street_type,         // #RD at the end of the street
  same_person_twice,        // rows that repeat another but for ncid and voter_reg_num
  history_orphan,           // history rows whose ncid is not in the roll
  history_repeat,           // history rows that repeat (ncid, election) under another label
  history_other_county,     // history rows with voted_county_id other than county_id
};
inline constexpr int kQuirks = static_cast<int>(Quirk::history_other_county) + 1;
std::string_view quirk_name(Quirk quirk);  // same_person_twice

class QuirkCounts {
 public:
  std::uint64_t operator[](Quirk quirk) const { return counts_[static_cast<std::size_t>(quirk)]; }
  std::uint64_t& operator[](Quirk quirk) { return counts_[static_cast<std::size_t>(quirk)]; }
  void add(const QuirkCounts& other);
  bool operator==(const QuirkCounts&) const = default;

 private:
  std::array<std::uint64_t, kQuirks> counts_{};
};

// ncvoter.txt  the roll, Windows-1252, with a header; 70 or 67 columns by layout.
// ncvhis.txt   the vote history, 15 columns, ten elections from 2008 to 2024.
// scores.csv   ncid,support_score,turnout_score,persuadability: what a vendor's model would say, a
//              noisy measurement of the truth in whole points 0..100, for about 97 % of the roll.
//              persuadability is high for the undecided.
// truth.csv    one row for each row of the roll:
//   ncid
//   person              the same number on two rows means the same person twice
//   household           the same number means they live together
//   support             0..100: probability in percent to say, when asked, that they support our
//                       candidate; an opinion does not change between two calls of one survey
//   turnout_propensity  0..100: probability in percent to vote in a presidential general election
//   answers_phone       0..100: probability in percent that somebody picks up at one dial;
//                       0 if there is no working number
//   phone_state         none (no usable number in the roll), works, disconnected, wrong_number (it
//                       works, but somebody else answers)
//   language            en, es, zh, vi, hi, ko, hmn: what the conversation has to be held in
// broken.csv   line,reason of every broken row, in order; line 1 is the header. Their ncid, where
//              they have one, starts with ZZ. Only written when spec.broken is not 0.
struct ElectorateFiles {
  std::filesystem::path roll, history, scores, truth, broken;  // empty if not written
  std::uint64_t roll_rows = 0;                                 // without header and broken rows
  std::uint64_t broken_rows = 0;
  std::uint64_t history_rows = 0;
  std::uint64_t score_rows = 0;
  std::uint64_t truth_rows = 0;
  std::uint64_t households = 0;
  std::uint64_t bytes = 0;
  double seconds = 0;
  QuirkCounts quirks;
};

// The spec makes no sense, or the files cannot be written; what() is a sentence for a person. Files
// begun are taken away again.
class ElectorateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

ElectorateFiles write_electorate(const ElectorateSpec& spec);

}  // namespace hustings::people
