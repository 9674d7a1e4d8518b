#pragma once

#include <cstdint>
#include <string_view>

#include "base/id.h"
#include "base/rng.h"

namespace hustings {

struct PersonTag {
  static constexpr std::string_view kPrefix = "per_";
};
struct JoinLinkTag {
  static constexpr std::string_view kPrefix = "jnl_";
};
struct ImportTag {
  static constexpr std::string_view kPrefix = "imp_";
};
struct VoterTag {
  static constexpr std::string_view kPrefix = "vtr_";
};
struct HouseholdTag {
  static constexpr std::string_view kPrefix = "hsh_";
};
struct SuppressionTag {
  static constexpr std::string_view kPrefix = "sup_";
};
struct CorrectionTag {
  static constexpr std::string_view kPrefix = "cor_";
};
struct ElectionTag {
  static constexpr std::string_view kPrefix = "elc_";
};
struct ScriptTag {
  static constexpr std::string_view kPrefix = "scr_";
};
struct QuestionTag {
  static constexpr std::string_view kPrefix = "que_";
};
struct SegmentTag {
  static constexpr std::string_view kPrefix = "seg_";
};
struct ListTag {
  static constexpr std::string_view kPrefix = "lst_";
};
struct PhonebankTag {
  static constexpr std::string_view kPrefix = "phb_";
};
struct LeaseTag {
  static constexpr std::string_view kPrefix = "lea_";
};
struct AttemptTag {
  static constexpr std::string_view kPrefix = "att_";
};
struct ArchiveTag {
  static constexpr std::string_view kPrefix = "arc_";
};
struct DecisionTag {
  static constexpr std::string_view kPrefix = "dec_";
};
struct MatchTag {
  static constexpr std::string_view kPrefix = "mat_";
};
struct MatchRunTag {
  static constexpr std::string_view kPrefix = "mrn_";
};
struct LimitTag {
  static constexpr std::string_view kPrefix = "lim_";
};
struct CommitmentTag {
  static constexpr std::string_view kPrefix = "com_";
};
struct PlanTag {
  static constexpr std::string_view kPrefix = "pln_";
};
struct ExperimentTag {
  static constexpr std::string_view kPrefix = "exp_";
};

using PersonId = Id<PersonTag>;
using JoinLinkId = Id<JoinLinkTag>;
using ImportId = Id<ImportTag>;
using VoterId = Id<VoterTag>;
using HouseholdId = Id<HouseholdTag>;
using SuppressionId = Id<SuppressionTag>;
using CorrectionId = Id<CorrectionTag>;
using ElectionId = Id<ElectionTag>;
using ScriptId = Id<ScriptTag>;
using QuestionId = Id<QuestionTag>;
using SegmentId = Id<SegmentTag>;
using ListId = Id<ListTag>;
using PhonebankId = Id<PhonebankTag>;
using LeaseId = Id<LeaseTag>;
using AttemptId = Id<AttemptTag>;
using ArchiveId = Id<ArchiveTag>;
using DecisionId = Id<DecisionTag>;  ///< of a person, on whether two identities are one person
using MatchId = Id<MatchTag>;        ///< a pair that waits for a decision
using MatchRunId = Id<MatchRunTag>;
using LimitId = Id<LimitTag>;
using CommitmentId = Id<CommitmentTag>;
using PlanId = Id<PlanTag>;
using ExperimentId = Id<ExperimentTag>;

/// Which of the 4,096 parts a voter's rows belong to. Every table that grows with the electorate
/// carries it in its keys, so that the tables can be spread over machines unchanged. Load over 32
/// machines then differs by a tenth at the most. Never change this function.
constexpr std::int16_t bucket_of(VoterId voter) {
  return static_cast<std::int16_t>(mix64(static_cast<std::uint64_t>(voter.value())) & 4095);
}

}  // namespace hustings
