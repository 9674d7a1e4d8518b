// Telephone numbers that look real and reach nobody.
//
// They have the area codes of the place (and of the rest of the country for people who moved and
// kept their mobile), so that time zones and validity rules work, and exchanges that no subscriber
// has: 555 first; 958, 959 and 950 (test and access codes) once the 9,999 lines of 555 in an area
// code are used up. 555-1212 is left out. When the area codes of a region are full, numbers come
// from other area codes of the eastern time zone. Numbers of different holders differ up to about
// ten million rows; beyond that they repeat. Even so: dial them only in a simulation.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "make_people/places.h"

namespace hustings::people {

// Numbers are handed out by slot: each stretch of rows owns a range of slots, so that threads need
// not agree on anything.
inline constexpr double kHomeSlotsPerRow = 0.40;
inline constexpr double kMovedSlotsPerRow = 0.08;

class PhoneBook {
 public:
  explicit PhoneBook(const Places& places);

  // A number of the region, ten digits; slot < kHomeSlotsPerRow * rows of the region.
  std::uint64_t home(Region region, std::uint64_t slot) const;
  // A number from elsewhere; slot < kMovedSlotsPerRow * rows of the roll.
  std::uint64_t moved(std::uint64_t slot) const;

 private:
  class Pool {
   public:
    explicit Pool(std::span<const int> area_codes);
    std::uint64_t capacity() const { return capacity_; }
    std::uint64_t number(std::uint64_t slot) const;

   private:
    struct Level {
      int exchange;
      std::vector<int> area_codes;
      std::uint64_t lines;
    };
    std::vector<Level> levels_;
    std::uint64_t capacity_ = 0;
  };

  std::vector<Pool> regions_;
  std::array<std::uint64_t, kRegions> spilled_before_{};
  Pool east_;
  Pool elsewhere_;
};

}  // namespace hustings::people
