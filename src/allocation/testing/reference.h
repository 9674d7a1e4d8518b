// The reference files of testing/, for the module's tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "allocation/race.h"

namespace hustings::allocation::testing {

inline boost::json::object reference(const std::string& name) {
  std::ifstream file(std::string(HUSTINGS_ALLOCATION_TEST_DATA) + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return boost::json::parse(text.str()).as_object();
}

inline std::vector<double> numbers(const boost::json::value& list) {
  std::vector<double> result;
  for (const boost::json::value& item : list.as_array())
    result.push_back(item.to_number<double>());
  return result;
}

/// The race of 2012 as ref_ec2012.json has it.
inline Race race_2012() {
  const boost::json::object file = reference("ref_ec2012.json");
  const std::vector<double> means = numbers(file.at("mu"));
  const std::vector<double> weights = numbers(file.at("ev"));
  Race race;
  for (std::size_t i = 0; i < means.size(); ++i) {
    race.contests.push_back({std::string(file.at("state").as_array()[i].as_string()),
                             std::string(file.at("region").as_array()[i].as_string()),
                             static_cast<int>(weights[i]), means[i]});
  }
  const boost::json::object& sigma = file.at("sigma").as_object();
  race.needed = 270;
  race.errors.national = sigma.at("N").to_number<double>();
  race.errors.regional = sigma.at("R").to_number<double>();
  race.errors.contest.assign(means.size(), sigma.at("S").to_number<double>());
  return race;
}

inline std::vector<double> means_of(const Race& race) {
  std::vector<double> means;
  for (const Contest& contest : race.contests)
    means.push_back(contest.mean);
  return means;
}

}  // namespace hustings::allocation::testing
