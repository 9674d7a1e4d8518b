#include "make_people/names.h"

#include <cmath>

namespace hustings::people {
namespace {

// The frequency law of surnames: log-uniform over ranks. With these two numbers the first name has
// 0.7 % of the people, the listed thousand 45 %, and the tail is as long as in the real file
// (437,000 different surnames in 8.3 million rows).
constexpr double kSurnameOffset = 12;
constexpr double kSurnameRanks = 600'000;

constexpr std::array<std::string_view, 96> kStems = {
    "AB",    "ACK", "ALD",  "AM",   "ARN",   "ASH",  "BAL",  "BAN",  "BECK", "BEN",  "BER",  "BIL",
    "BLACK", "BOL", "BOR",  "BRAD", "BREN",  "BUCK", "BUR",  "CAL",  "CAR",  "CHAM", "COL",  "CRAN",
    "CUL",   "DAL", "DAN",  "DEN",  "DOL",   "DRES", "DUN",  "EAST", "ED",   "EL",   "EM",   "FAL",
    "FEN",   "FOR", "FRIE", "GAL",  "GAR",   "GOLD", "GRAN", "GUN",  "HAL",  "HAM",  "HAR",  "HEN",
    "HOL",   "HUN", "IVER", "JAN",  "KAL",   "KEN",  "KIR",  "KOS",  "KRA",  "LAN",  "LEN",  "LIN",
    "LOCK",  "MAL", "MAN",  "MAR",  "MEL",   "MOR",  "NOR",  "OLD",  "OS",   "PAL",  "PEN",  "PRES",
    "RAD",   "RAN", "RED",  "ROS",  "RUS",   "SAL",  "SAN",  "SCHU", "SEL",  "SHEL", "STAN", "STRA",
    "SWAN",  "TAL", "THOR", "TRAV", "UNDER", "VAL",  "VAN",  "WAL",  "WEN",  "WIL",  "WOL",  "ZIM"};
constexpr std::array<std::string_view, 64> kMiddles = {
    "",    "",    "",    "",    "",    "",    "A",   "E",   "I",   "O",   "BE",  "DE",  "ER",
    "KA",  "LE",  "LI",  "MA",  "ME",  "NE",  "OR",  "RA",  "RI",  "SE",  "TE",  "TI",  "VI",
    "ING", "EL",  "EN",  "AN",  "IN",  "IS",  "AR",  "ES",  "OW",  "BER", "DER", "GER", "KEL",
    "LER", "MER", "NER", "PER", "SEL", "TER", "VER", "LAN", "MAN", "TON", "LEY", "DO",  "GO",
    "NA",  "PA",  "RO",  "SA",  "TA",  "VA",  "ZE",  "CH",  "SCH", "ST",  "TH",  "ND"};
constexpr std::array<std::string_view, 100> kEndings = {
    "SON",   "TON",   "LEY",  "MAN",   "FORD",  "WELL",   "ER",    "BERG",  "STEIN",  "FIELD",
    "WOOD",  "LAND",  "BY",   "HAM",   "WORTH", "RIDGE",  "BURN",  "CROFT", "DALE",   "GATE",
    "HURST", "KINS",  "LOCK", "MORE",  "NER",   "OCK",    "POOL",  "QUIST", "RICK",   "SEN",
    "SHAW",  "SKI",   "SKY",  "STEAD", "STROM", "THAL",   "TREE",  "VILLE", "WAY",    "WICK",
    "WIN",   "WITZ",  "ACH",  "AGE",   "AIN",   "ALD",    "ANO",   "ARD",   "ARI",    "ART",
    "AUX",   "BAUM",  "BECK", "BELL",  "BOLT",  "BRIDGE", "BROOK", "BURY",  "CASTLE", "CHUK",
    "COMB",  "COTT",  "DEN",  "DORF",  "EAU",   "EK",     "ELLI",  "ENKO",  "ERT",    "ESCU",
    "ETT",   "FELDT", "GREN", "HART",  "HEIM",  "HOFF",   "HOLM",  "HOUSE", "IAN",    "IER",
    "INI",   "INO",   "IS",   "KAMP",  "KE",    "LAGE",   "LUND",  "MAIER", "MANN",   "MARK",
    "MEYER", "MONT",  "NICK", "OFF",   "OLA",   "OS",     "OULOS", "OWSKI", "SHIRE",  "ZKI"};

constexpr std::array<std::string_view, 40> kFirstStarts = {
    "LA", "SHA", "TA",  "KA", "DE", "JA",  "MA", "BRI", "KAY", "KEI", "CHA", "TRE", "ZA", "AL",
    "AR", "BRE", "CAR", "DA", "EL", "GE",  "HA", "IS",  "JO",  "KI",  "LE",  "MI",  "NA", "QUA",
    "RA", "RO",  "SA",  "TY", "VA", "WIL", "YA", "ADE", "COR", "DAR", "MAR", "SHE"};
constexpr std::array<std::string_view, 24> kFirstMiddles = {
    "",   "",    "",   "NI", "RI", "TI", "MI", "LI", "DRI", "KE",  "SHAN", "QUE",
    "VE", "LEE", "ME", "NE", "RE", "ZI", "LA", "VO", "BER", "DON", "MON",  "VER"};
constexpr std::array<std::string_view, 24> kWomenEndings = {
    "SHA", "NA",  "LYN", "RA",    "ELLE", "IA",  "ISHA", "ETTA", "INE", "ANNE", "LEIGH", "LIE",
    "CY",  "DRA", "NIE", "QUITA", "RIE",  "SSA", "TTE",  "VIA",  "YA",  "ZA",   "LENE",  "MARIE"};
constexpr std::array<std::string_view, 24> kMenEndings = {
    "SHAWN", "VON",  "LON", "RELL", "TON",  "DEN", "MAR",  "VIN",  "RIUS", "RICK", "SON", "TAVIOUS",
    "BERT",  "DALL", "LIN", "MOND", "NARD", "RAN", "SEAN", "THAN", "VELL", "WIN",  "YON", "ZELL"};

constexpr double kRareFirstName = 0.05;
constexpr double kApostrophe = 0.0007;

// Mostly the typewriter's apostrophe, now and then the curly one of Windows-1252.
LastName with_apostrophe(Rng& rng) {
  constexpr std::array<std::string_view, 8> kRests = {"NEAL",  "BRIEN", "CONNOR", "DELL",
                                                      "QUINN", "HARA",  "AMICO",  "ANGELO"};
  const std::uint32_t rest = rng.below(8);
  LastName name;
  name.push(rest < 6 ? 'O' : 'D');
  name.push(rng.chance(0.05) ? '\x92' : '\'');
  name.append(kRests[rest]);
  return name;
}

// Above this a first name of the person's own ancestry is drawn.
constexpr double own_first_names(Ancestry ancestry) {
  switch (ancestry) {
    case Ancestry::black:
      return 0.22;
    case Ancestry::hispanic:
      return 0.72;
    case Ancestry::asian:
      return 0.65;
    default:
      return 0;
  }
}

std::size_t cohort_of(int birth_year) {
  constexpr std::array kEnds = {1946, 1965, 1981, 1997};
  std::size_t cohort = 0;
  while (cohort < kEnds.size() && birth_year >= kEnds[cohort])
    ++cohort;
  return cohort;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    words.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

std::vector<RankedWords> ranked(const CohortLists& lists) {
  std::vector<RankedWords> cohorts;
  for (std::string_view list : lists)
    cohorts.emplace_back(list, 6);
  return cohorts;
}

}  // namespace

RankedWords::RankedWords(std::string_view words, double offset)
    : words_(words_of(words)),
      offset_(offset),
      log_range_(std::log((static_cast<double>(words_.size()) + offset) / offset)) {}

std::string_view RankedWords::draw(Rng& rng) const {
  const auto rank = static_cast<std::size_t>(offset_ * (std::exp(rng.unit() * log_range_) - 1));
  return words_[rank < words_.size() ? rank : words_.size() - 1];
}

Names::Names()
    : surnames_(kSurnamesCommon, kSurnameOffset),
      surnames_black_(kSurnamesBlack, 20),
      surnames_hispanic_(kSurnamesHispanic, 6),
      surnames_asian_(kSurnamesAsian, 5),
      surnames_native_(kSurnamesNative, 2),
      women_{ranked(kFirstNamesWomen), RankedWords(kFirstNamesWomenBlack, 10),
             RankedWords(kFirstNamesWomenHispanic, 6), RankedWords(kFirstNamesWomenAsian, 10)},
      men_{ranked(kFirstNamesMen), RankedWords(kFirstNamesMenBlack, 10),
           RankedWords(kFirstNamesMenHispanic, 6), RankedWords(kFirstNamesMenAsian, 10)},
      middle_women_(kMiddleNamesWomen, 3),
      middle_men_(kMiddleNamesMen, 5),
      street_words_(kStreetWords, 40),
      street_seconds_(kStreetSeconds, 10),
      street_types_(kStreetTypes, 3) {}

void Names::rare_surname(std::uint64_t rank, LastName& name) const {
  const std::uint64_t hash = mix(0x5a1e + rank);
  name.append(kStems[hash % kStems.size()]);
  name.append(kMiddles[(hash >> 16) % kMiddles.size()]);
  name.append(kEndings[(hash >> 32) % kEndings.size()]);
}

LastName Names::common_surname(Rng& rng) const {
  static const double kLogRange = std::log((kSurnameRanks + kSurnameOffset) / kSurnameOffset);
  const auto rank =
      static_cast<std::uint64_t>(kSurnameOffset * (std::exp(rng.unit() * kLogRange) - 1));
  LastName name;
  if (rank < surnames_.size()) {
    name.append(surnames_[rank]);
  } else {
    rare_surname(rank, name);
  }
  return name;
}

LastName Names::surname(Rng& rng, Ancestry ancestry) const {
  if (rng.chance(kApostrophe)) return with_apostrophe(rng);
  if (ancestry == Ancestry::hispanic && rng.chance(0.05)) {
    LastName both(surnames_hispanic_.draw(rng));
    both.push(rng.chance(0.5) ? '-' : ' ');
    both.append(surnames_hispanic_.draw(rng));
    return both;
  }
  switch (ancestry) {
    case Ancestry::black:
      if (rng.chance(0.2)) return LastName(surnames_black_.draw(rng));
      break;
    case Ancestry::hispanic:
      if (rng.chance(0.9)) return LastName(surnames_hispanic_.draw(rng));
      break;
    case Ancestry::asian:
      if (rng.chance(0.85)) return LastName(surnames_asian_.draw(rng));
      break;
    case Ancestry::native:
      if (rng.chance(0.75)) return LastName(surnames_native_.draw(rng));
      break;
    case Ancestry::white:
      break;
  }
  return common_surname(rng);
}

FirstName Names::first_name(Rng& rng, Sex sex, Ancestry ancestry, int birth_year) const {
  const FirstNames& lists = sex == Sex::woman ? women_ : men_;
  const double kind = rng.unit();
  FirstName name;
  if (kind < kRareFirstName && birth_year > 1955) {
    const std::uint64_t hash = rng.next();
    name.append(kFirstStarts[hash % kFirstStarts.size()]);
    name.append(kFirstMiddles[(hash >> 16) % kFirstMiddles.size()]);
    if (hash >> 63 != 0) name.append(kFirstMiddles[(hash >> 48) % kFirstMiddles.size()]);
    const auto& endings = sex == Sex::woman ? kWomenEndings : kMenEndings;
    name.append(endings[(hash >> 32) % endings.size()]);
    return name;
  }
  if (kind > 1 - own_first_names(ancestry) && (ancestry != Ancestry::black || birth_year > 1960)) {
    const RankedWords& own = ancestry == Ancestry::black      ? lists.black
                             : ancestry == Ancestry::hispanic ? lists.hispanic
                                                              : lists.asian;
    name.append(own.draw(rng));
    return name;
  }
  name.append(lists.cohorts[cohort_of(birth_year)].draw(rng));
  return name;
}

FirstName Names::middle_name(Rng& rng, Sex sex, Ancestry ancestry, int birth_year) const {
  if (rng.chance(0.45)) {
    return FirstName((sex == Sex::woman ? middle_women_ : middle_men_).draw(rng));
  }
  return first_name(rng, sex, ancestry, birth_year);
}

void Names::append_street(std::uint64_t precinct_street, std::uint32_t k, Address& address) const {
  Rng rng(precinct_street, k);
  if (rng.chance(0.08)) {
    constexpr std::array<std::string_view, 4> kDirections = {"N ", "S ", "E ", "W "};
    address.append(kDirections[rng.below(4)]);
  }
  const double kind = rng.unit();
  if (kind < 0.3) {
    address.append(surnames_.draw(rng));
  } else {
    address.append(street_words_.draw(rng));
  }
  if (kind > 0.6 || (kind < 0.3 && kind > 0.2)) {
    address.push(' ');
    address.append(street_seconds_.draw(rng));
  }
  address.push(' ');
  address.append(street_types_.draw(rng));
}

}  // namespace hustings::people
