#include "make_people/electorate.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "make_people/block_writer.h"

namespace hustings::people {
namespace {

constexpr std::array<std::string_view, kQuirks> kQuirkNames = {"padded_field",
                                                               "double_blank",
                                                               "date_1900",
                                                               "date_hashes",
                                                               "date_crosses",
                                                               "date_1812",
                                                               "date_future",
                                                               "confidential",
                                                               "removed_address",
                                                               "phone_placeholder",
                                                               "phone_seven_digits",
                                                               "suffix_in_last_name",
                                                               "no_middle_name_mark",
                                                               "nickname_quoted",
                                                               "nickname_bracketed",
                                                               "digit_in_name",
                                                               "apostrophe_in_last_name",
                                                               "apostrophe_for_accent",
                                                               "hyphen_in_last_name",
                                                               "lower_case_particle",
                                                               "non_ascii",
                                                               "missing_first_name",
                                                               "honorific_suffix",
                                                               "zip_nine_digits",
                                                               "hash_street_type",
                                                               "same_person_twice",
                                                               "history_orphan",
                                                               "history_repeat",
                                                               "history_other_county"};

// A file that threads write at places they have agreed on. Taken away again unless kept.
class OutputFile {
 public:
  explicit OutputFile(std::filesystem::path path) : path_(std::move(path)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) fail("open");
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!kept_) ::unlink(path_.c_str());
  }

  void write_at(std::uint64_t offset, std::string_view text) {
    while (!text.empty()) {
      const ssize_t written =
          ::pwrite(descriptor_, text.data(), text.size(), static_cast<off_t>(offset));
      if (written < 0) {
        if (errno == EINTR) continue;
        fail("write");
      }
      text.remove_prefix(static_cast<std::size_t>(written));
      offset += static_cast<std::uint64_t>(written);
    }
  }
  // Some file systems report a full disk only here.
  void close() {
    if (::close(std::exchange(descriptor_, -1)) != 0) fail("write");
  }
  void keep() { kept_ = true; }
  const std::filesystem::path& path() const { return path_; }

 private:
  [[noreturn]] void fail(std::string_view action) const {
    throw ElectorateError(
        fmt::format("Cannot {} {}: {}.", action, path_.string(), std::strerror(errno)));
  }

  std::filesystem::path path_;
  int descriptor_ = -1;
  bool kept_ = false;
};

constexpr std::size_t kRoll = 0, kHistory = 1, kScores = 2, kFileKinds = 4;  // truth is 3

std::string_view text_of(const BlockText& text, std::size_t kind) {
  switch (kind) {
    case kRoll:
      return text.roll.view();
    case kHistory:
      return text.history.view();
    case kScores:
      return text.scores.view();
    default:
      return text.truth.view();
  }
}

// Threads take blocks in turn and may finish them in any order; where a block's text goes is known
// once all blocks before it are made. Only that waits, the writing itself does not.
class Production {
 public:
  Production(const ElectorateSpec& spec, const BlockWriter& blocks) : blocks_(blocks) {
    constexpr std::array<std::string_view, kFileKinds> kNames = {"ncvoter.txt", "ncvhis.txt",
                                                                 "scores.csv", "truth.csv"};
    const std::array<std::string, kFileKinds> headers = {
        header_line(roll_columns(spec.layout), blocks.format()),
        header_line(history_columns(), blocks.format()),
        "ncid,support_score,turnout_score,persuadability\n",
        "ncid,person,household,support,turnout_propensity,answers_phone,phone_state,language\n"};
    for (std::size_t kind = 0; kind < kFileKinds; ++kind) {
      if (kind == kHistory && !spec.history) continue;
      files_[kind] = std::make_unique<OutputFile>(spec.folder / kNames[kind]);
      files_[kind]->write_at(0, headers[kind]);
      offsets_[kind] = headers[kind].size();
    }
  }

  void work() {
    Block block;
    BlockText text;
    try {
      for (std::uint64_t index = next_++; index < blocks_.blocks(); index = next_++) {
        blocks_.write(index, block, text);
        const auto offsets = take_turn(index, text);
        if (!offsets) return;
        for (std::size_t kind = 0; kind < kFileKinds; ++kind) {
          if (files_[kind]) files_[kind]->write_at((*offsets)[kind], text_of(text, kind));
        }
      }
    } catch (const std::exception& failure) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = failure.what();
      turn_changed_.notify_all();
    }
  }

  // After all threads have ended.
  void finish(ElectorateFiles& files) {
    if (failure_) throw ElectorateError(*failure_);
    for (const auto& file : files_) {
      if (file) file->close();
    }
    for (std::uint64_t offset : offsets_)
      files.bytes += offset;
    files.history_rows = totals_.history_rows;
    files.score_rows = totals_.score_rows;
    files.truth_rows = totals_.truth_rows;
    files.households = totals_.households;
    files.quirks = totals_.quirks;
  }

  // Only when everything is written.
  void keep(ElectorateFiles& files) {
    const std::array<std::filesystem::path*, kFileKinds> paths = {&files.roll, &files.history,
                                                                  &files.scores, &files.truth};
    for (std::size_t kind = 0; kind < kFileKinds; ++kind) {
      if (!files_[kind]) continue;
      files_[kind]->keep();
      *paths[kind] = files_[kind]->path();
    }
  }

 private:
  using Offsets = std::array<std::uint64_t, kFileKinds>;

  std::optional<Offsets> take_turn(std::uint64_t index, const BlockText& text) {
    std::unique_lock lock(mutex_);
    turn_changed_.wait(lock, [&] { return turn_ == index || failure_; });
    if (failure_) return std::nullopt;
    const Offsets mine = offsets_;
    for (std::size_t kind = 0; kind < kFileKinds; ++kind) {
      offsets_[kind] += text_of(text, kind).size();
    }
    totals_.history_rows += text.history_rows;
    totals_.score_rows += text.score_rows;
    totals_.truth_rows += text.truth_rows;
    totals_.households += text.households;
    totals_.quirks.add(text.quirks);
    ++turn_;
    turn_changed_.notify_all();
    return mine;
  }

  const BlockWriter& blocks_;
  std::array<std::unique_ptr<OutputFile>, kFileKinds> files_;
  std::atomic<std::uint64_t> next_ = 0;

  std::mutex mutex_;  // of all that follows
  std::condition_variable turn_changed_;
  std::uint64_t turn_ = 0;
  Offsets offsets_{};
  BlockText totals_;
  std::optional<std::string> failure_;
};

void check(const ElectorateSpec& spec) {
  const auto refuse = [](bool wrong, std::string_view sentence) {
    if (wrong) throw ElectorateError(std::string(sentence));
  };
  refuse(spec.folder.empty(), "Name the folder to write to.");
  refuse(spec.voters == 0, "An electorate needs at least one voter.");
  refuse(spec.voters > kVotersMax, fmt::format("An electorate has at most {} voters.", kVotersMax));
  refuse(spec.broken > kBrokenMax, fmt::format("At most {} rows can be broken.", kBrokenMax));
  refuse(spec.threads < 0 || spec.threads > kThreadsMax,
         fmt::format("The number of threads is between 0 and {}.", kThreadsMax));
  refuse(!(spec.quirk_scale >= 0 && spec.quirk_scale <= kQuirkScaleMax),
         fmt::format("The scale of the quirks is between 0 and {}.", kQuirkScaleMax));
}

}  // namespace

std::string_view quirk_name(Quirk quirk) { return kQuirkNames[static_cast<std::size_t>(quirk)]; }

void QuirkCounts::add(const QuirkCounts& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i)
    counts_[i] += other.counts_[i];
}

ElectorateFiles write_electorate(const ElectorateSpec& spec) {
  check(spec);
  const auto begin = std::chrono::steady_clock::now();
  std::error_code error;
  std::filesystem::create_directories(spec.folder, error);
  if (error) {
    throw ElectorateError(
        fmt::format("Cannot make the folder {}: {}.", spec.folder.string(), error.message()));
  }
  const BlockWriter blocks(spec);
  Production production(spec, blocks);
  const std::uint64_t cores = std::max(1u, std::thread::hardware_concurrency());
  const std::uint64_t wanted = spec.threads > 0 ? static_cast<std::uint64_t>(spec.threads) : cores;
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t i = 1; i < std::min(wanted, blocks.blocks()); ++i) {
      threads.emplace_back([&production] { production.work(); });
    }
    production.work();
  }
  ElectorateFiles files;
  production.finish(files);
  if (spec.broken > 0) {
    OutputFile broken(spec.folder / "broken.csv");
    const std::string list = blocks.broken().list();
    broken.write_at(0, list);
    broken.close();
    broken.keep();
    files.broken = broken.path();
    files.bytes += list.size();
  }
  production.keep(files);
  files.roll_rows = spec.voters;
  files.broken_rows = spec.broken;
  files.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return files;
}

}  // namespace hustings::people
