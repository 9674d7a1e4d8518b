#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace hustings::registry {

/// A set of home ids, compressed: a Roaring bitmap for each 2^32 of them (Chambi, Lemire, Kaser and
/// Godin, "Better bitmap performance with Roaring bitmaps", 2016). Ten million ids of one import
/// take some bytes when they follow each other, a megabyte when every other one is missing.
class HomeSet {
 public:
  HomeSet();
  ~HomeSet();
  HomeSet(HomeSet&& other) noexcept;
  HomeSet& operator=(HomeSet&& other) noexcept;
  HomeSet(const HomeSet& other);
  HomeSet& operator=(const HomeSet& other);

  /// Ids are 0 or greater. Fastest in ascending order.
  void add(std::int64_t home);
  /// From first up to, not including, past.
  void add_range(std::int64_t first, std::int64_t past);
  bool contains(std::int64_t home) const;
  std::int64_t size() const;
  bool empty() const { return size() == 0; }

  HomeSet& operator|=(const HomeSet& other);
  HomeSet& operator&=(const HomeSet& other);
  HomeSet& operator-=(const HomeSet& other);

  /// In ascending order.
  void each(const std::function<void(std::int64_t)>& use) const;

  /// The portable format of 64-bit Roaring bitmaps, runs compressed: how it is kept in the
  /// database.
  std::string bytes() const;
  /// Throws Failure when the bytes are none that bytes() gave.
  static HomeSet from_bytes(std::string_view bytes);

 private:
  struct Part;
  Part& part(std::uint32_t high);
  std::map<std::uint32_t, std::unique_ptr<Part>> parts_;
};

}  // namespace hustings::registry
