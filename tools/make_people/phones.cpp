#include "make_people/phones.h"

namespace hustings::people {
namespace {

constexpr std::array kExchanges = {555, 958, 959, 950};
constexpr int kDirectoryAssistance = 1212;
constexpr std::uint64_t kLines = 9999;  // ten thousand without 1212

// A region has at most two area codes; 472, new in 2022, has no 555.
constexpr std::array<std::array<int, 2>, kRegions> kRegionCodes = {
    {{828, 828}, {704, 980}, {336, 743}, {919, 984}, {910, 472}, {252, 252}}};
constexpr int kCodeWithout555 = 472;

constexpr std::array kEastCodes = {
    201, 202, 203, 212, 215, 216, 234, 239, 240, 248, 267, 276, 301, 302, 304, 305, 313, 315, 321,
    330, 347, 352, 386, 401, 404, 407, 410, 412, 413, 419, 434, 440, 443, 470, 484, 508, 513, 516,
    518, 540, 551, 561, 567, 571, 585, 586, 603, 607, 609, 610, 614, 617, 631, 646, 678, 706, 716,
    717, 718, 724, 727, 732, 734, 740, 754, 757, 762, 770, 772, 774, 781, 786, 802, 803, 804, 810,
    813, 814, 843, 845, 848, 856, 857, 860, 862, 863, 864, 904, 908, 914, 917, 937, 941, 954};

constexpr std::array kElsewhereCodes = {
    205, 206, 210, 213, 214, 303, 310, 312, 314, 316, 323, 402, 405, 408, 415, 425, 480,
    501, 502, 503, 504, 505, 512, 515, 520, 530, 602, 605, 608, 612, 615, 619, 623, 626,
    650, 651, 702, 713, 714, 719, 720, 801, 805, 806, 808, 815, 816, 817, 818, 831, 832,
    858, 901, 903, 907, 909, 913, 915, 916, 918, 925, 951, 952, 970, 972, 985};

std::vector<int> codes_of(std::size_t region) {
  const auto& [first, second] = kRegionCodes[region];
  return first == second ? std::vector{first} : std::vector{first, second};
}

}  // namespace

PhoneBook::Pool::Pool(std::span<const int> area_codes) {
  for (int exchange : kExchanges) {
    Level level{exchange, {}, 0};
    for (int code : area_codes) {
      if (exchange != 555 || code != kCodeWithout555) level.area_codes.push_back(code);
    }
    level.lines = level.area_codes.size() * kLines;
    capacity_ += level.lines;
    levels_.push_back(std::move(level));
  }
}

std::uint64_t PhoneBook::Pool::number(std::uint64_t slot) const {
  slot %= capacity_;
  const Level* level = levels_.data();
  while (slot >= level->lines)
    slot -= (level++)->lines;
  // 7919 is a prime that divides no level's size, so this walks through all lines out of order.
  const std::uint64_t at = slot * 7919 % level->lines;
  std::uint64_t line = at % kLines;
  if (line >= kDirectoryAssistance) ++line;
  const auto area_code = static_cast<std::uint64_t>(level->area_codes[at / kLines]);
  return (area_code * 1000 + static_cast<std::uint64_t>(level->exchange)) * 10000 + line;
}

PhoneBook::PhoneBook(const Places& places) : east_(kEastCodes), elsewhere_(kElsewhereCodes) {
  std::uint64_t spilled = 0;
  for (std::size_t i = 0; i < kRegions; ++i) {
    regions_.emplace_back(codes_of(i));
    spilled_before_[i] = spilled;
    const double rows = static_cast<double>(places.region_rows(static_cast<Region>(i)));
    const auto slots = static_cast<std::uint64_t>(rows * kHomeSlotsPerRow) + 1;
    if (slots > regions_[i].capacity()) spilled += slots - regions_[i].capacity();
  }
}

std::uint64_t PhoneBook::home(Region region, std::uint64_t slot) const {
  const auto i = static_cast<std::size_t>(region);
  const Pool& pool = regions_[i];
  if (slot < pool.capacity()) return pool.number(slot);
  return east_.number(spilled_before_[i] + slot - pool.capacity());
}

std::uint64_t PhoneBook::moved(std::uint64_t slot) const { return elsewhere_.number(slot); }

}  // namespace hustings::people
