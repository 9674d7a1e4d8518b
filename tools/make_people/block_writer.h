// Makes the files' text block by block. A block holds a fixed number of rows and draws from random
// streams of its own, so that it comes out the same whichever thread makes it, and when.
#pragma once

#include <cstdint>

#include "make_people/broken.h"
#include "make_people/electorate.h"
#include "make_people/family.h"
#include "make_people/history.h"
#include "make_people/person.h"
#include "make_people/roll.h"
#include "make_people/text_buffer.h"

namespace hustings::people {

// Part of the format: another number gives another electorate for the same seed.
inline constexpr std::uint64_t kRowsInBlock = 4096;

struct BlockText {
  TextBuffer roll, history, scores, truth;
  std::uint64_t history_rows = 0, score_rows = 0, truth_rows = 0, households = 0;
  QuirkCounts quirks;

  void clear();
};

class BlockWriter {
 public:
  explicit BlockWriter(const ElectorateSpec& spec);

  std::uint64_t blocks() const { return (spec_.voters + kRowsInBlock - 1) / kRowsInBlock; }
  const Format& format() const { return format_; }
  const BrokenRows& broken() const { return broken_; }

  // Any thread, each with its own block and text; both are emptied first.
  void write(std::uint64_t index, Block& block, BlockText& text) const;

 private:
  void populate(Rng& rng, std::uint64_t from, std::uint64_t to, Block& block) const;
  void fill_stretch(Rng& rng, Stretch& stretch, Block& block) const;
  void write_rows(std::uint64_t from, const Block& block, BlockText& text) const;
  void write_broken(std::uint64_t index, const Row& row, const Block& block, BlockText& text) const;
  void write_truth(const Person& person, std::string_view ncid, std::uint64_t household,
                   BlockText& text) const;
  void write_scores(Rng& rng, const Person& person, std::string_view ncid, BlockText& text) const;

  ElectorateSpec spec_;
  Format format_;
  Places places_;
  Names names_;
  PhoneBook phones_;
  FamilyMaker families_;
  RollWriter roll_;
  HistoryWriter history_;
  BrokenRows broken_;
};

}  // namespace hustings::people
