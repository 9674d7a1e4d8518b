#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// American addresses after USPS Publication 28, read so that one place has one key however it is
/// written. What is shown and kept is never changed. Pure functions; any thread may call them.
namespace hustings::normalise {

enum class AddressKind : std::uint8_t {
  none,              ///< blank, "REMOVED", "CONFIDENTIAL", "*": compare nothing on it
  street,            ///< a house number (may be missing) and a street
  po_box,            ///< PO BOX 12
  rural_route,       ///< RR 2 BOX 15
  highway_contract,  ///< HC 68 BOX 23A
  general_delivery,  ///< GENERAL DELIVERY
  military,          ///< PSC 802 BOX 74, UNIT 2050 BOX 4190, CMR 1250
};

/// The parts of one address line in capitals, each as Publication 28 abbreviates it.
struct Address {
  AddressKind kind = AddressKind::none;
  std::string house;             ///< "123", "123A", "123 1/2", "100-102", "12-34", "N6W23001"
  std::string pre_directional;   ///< "N", "SW"
  std::string street;            ///< "MAIN", "52ND", "US HWY 64", "CEDAR CRK", "MARTIN LUTHER KING"
  std::string street_type;       ///< "ST", "AVE", "BLVD"; empty for a highway
  std::string post_directional;  ///< "N", "SW"
  std::string building;          ///< BLDG 3 is "3"
  std::string floor;             ///< FL 2, 2ND FLOOR is "2"
  std::string unit_type;         ///< "APT", "UNIT", "STE", "LOT", "#", "BSMT" …
  std::string unit;              ///< "4B"; empty for BSMT, REAR, UPPR …
  std::string route;             ///< of a rural route, highway contract, PSC, CMR or UNIT: "68"
  std::string box;               ///< of a PO box, rural route …: "23A"

  friend bool operator==(const Address&, const Address&) = default;
};

/// The pieces of an address where a file has a column for each; blank where it has none.
struct AddressColumns {
  std::string_view house;
  std::string_view house_half;  ///< "1/2", "A"
  std::string_view pre_directional;
  std::string_view street;
  std::string_view street_type;
  std::string_view post_directional;
  std::string_view unit_type;
  std::string_view unit;
};

/// Reads one or two lines: "123 N Main St Apt 4B". `second` is a second line ("Apt 4B") or empty.
/// Never fails: what is not understood is part of `street`. `out` is replaced, its capacity used
/// again.
void parse_address_to(std::string_view line, std::string_view second, Address& out);
Address parse_address(std::string_view line, std::string_view second = "");
Address parse_address(const AddressColumns& columns);

/// What two writings of one address have in common: "123|N|MAIN|ST||4". Units of the kinds APT,
/// UNIT, STE, #, LOT … that people use for each other differ by their number only. Empty for kind
/// none. Compare it together with the ZIP or the city.
void address_key_to(const Address& address, std::string& out);
std::string address_key(const Address& address);
/// The key without building, floor and unit: of the house, not the flat.
std::string house_key(const Address& address);
/// The address as Publication 28 writes it in one line: "123 N MAIN ST APT 4B".
std::string address_text(const Address& address);

/// A ZIP code: 5 digits, and 4 more or -1.
struct Zip {
  std::int32_t five = 0;
  std::int32_t four = -1;
  friend bool operator==(const Zip&, const Zip&) = default;
};
/// Reads "27601", "276011234", "27601-1234", "27601 1234". False for anything else, for 00000,
/// 99999 and other prefixes that are not given out. A plus-four of 0000 or 9999 is not known (-1).
bool parse_zip_to(std::string_view text, Zip& out);
std::string zip_text(const Zip& zip);  ///< "27601" or "27601-1234"

}  // namespace hustings::normalise
