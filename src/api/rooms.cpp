#include <algorithm>
#include <utility>

#include "access/access_service.h"
#include "api/joined_caller.h"
#include "api/phonebank_names.h"
#include "api/supervision.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {
namespace {

constexpr std::size_t kWordMax = phonebank::Supervision::kRoomWordMax;

struct RoomShape {
  static constexpr std::string_view kName = "Room";
  std::string state;
  std::string language;
  std::string team;
  bool takes_guests = false;
  static Fields fields() {
    using S = RoomShape;
    return {
        field("state", &S::state, "Of this state's callers; empty: of anybody."),
        field("language", &S::language, "Of callers who speak it."),
        field("team", &S::team, "Of this team."),
        field("takes_guests", &S::takes_guests, "Callers whose own room has no work may come.")};
  }
};

RoomShape shown(const phonebank::Room& room) {
  return {room.state, room.language, room.team, room.takes_guests};
}

struct GetRoom {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = RoomShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/room",
            .name = "get_room",
            .summary = "Whose room a phone bank is.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(
        TRY(context.services().phonebank.supervision().room(input.id, context.deadline())));
  }
};

struct SetRoom {
  struct Input {
    PhonebankId id;
    std::string state;
    std::string language;
    std::string team;
    bool takes_guests = false;
    static Fields fields() {
      const Limits word{.max_length = kWordMax, .has_default = true};
      return {field("id", &Input::id, "The phone bank."),
              field("state", &Input::state, "Of this state's callers.", word),
              field("language", &Input::language, "Of callers who speak it.", word),
              field("team", &Input::team, "Of this team.", word),
              field("takes_guests", &Input::takes_guests,
                    "Callers whose own room has no work may come.", {.has_default = true})};
    }
  };
  using Output = RoomShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/room",
            .name = "set_room",
            .summary = "Makes a phone bank the room of a state, a language or a team.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    phonebank::Supervision& supervision = context.services().phonebank.supervision();
    TRY(supervision.set_room(input.id,
                             {input.state, input.language, input.team, input.takes_guests},
                             context.actor(), context.deadline()));
    return shown(TRY(supervision.room(input.id, context.deadline())));
  }
};

struct OtherRoomShape {
  static constexpr std::string_view kName = "OtherRoom";
  PhonebankId phonebank;
  std::string name;
  RoomShape room;
  static Fields fields() {
    using S = OtherRoomShape;
    return {field("phonebank", &S::phonebank, "The phone bank."),
            field("name", &S::name, "What people call it."),
            field("room", &S::room, "Whose it is.")};
  }
};

struct ListOtherRooms {
  using Input = Nothing;
  using Output = Page<OtherRoomShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/caller/rooms",
            .name = "list_other_rooms",
            .summary = "Where a caller without work may go; rooms like the caller's own first.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input&) {
    const phonebank::Caller caller = TRY(caller_of(context));
    Output output;
    for (const auto& row :
         context.services().phonebank.supervision().rooms_for(caller, context.deadline())) {
      output.items.push_back({row.phonebank, row.name, shown(row.room)});
    }
    return output;
  }
};

struct GoToRoom {
  struct Input {
    PhonebankId phonebank;
    static Fields fields() {
      return {field("phonebank", &Input::phonebank, "One of the rooms that were offered.")};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/room",
            .name = "go_to_room",
            .summary = "A caller without work goes to another room.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const phonebank::Caller caller = TRY(caller_of(context));
    phonebank::PhonebankService& service = context.services().phonebank;
    const auto rooms = service.supervision().rooms_for(caller, context.deadline());
    if (std::ranges::find(rooms, input.phonebank, &phonebank::RoomRow::phonebank) == rooms.end()) {
      return refuse(ErrorCode::conflict, "That room takes no guests just now.", "phonebank");
    }
    service.leave(caller.person, context.deadline());
    TRY(context.services().access.move_caller(caller.person, input.phonebank, context.actor()));
    return Output{};
  }
};

struct BoardEntry {
  static constexpr std::string_view kName = "BoardEntry";
  std::string name;
  std::int64_t conversations = 0;
  bool own = false;
  static Fields fields() {
    return {field("name", &BoardEntry::name, "The caller's."),
            field("conversations", &BoardEntry::conversations, "Of the last 24 hours."),
            field("own", &BoardEntry::own, "It is the one who asks.")};
  }
};

struct BoardShape {
  static constexpr std::string_view kName = "Board";
  bool shown = false;
  std::vector<BoardEntry> entries;
  static Fields fields() {
    return {field("shown", &BoardShape::shown, "Whether others see the one who asks."),
            field("entries", &BoardShape::entries, "Most conversations first.")};
  }
};

BoardShape board_of(const Context& context, const phonebank::Caller& caller) {
  phonebank::Supervision& supervision = context.services().phonebank.supervision();
  BoardShape board;
  board.shown = supervision.is_on_board(caller, context.deadline());
  for (const auto& row : supervision.board(caller, context.deadline()))
    board.entries.push_back({row.name, row.conversations, row.is_own});
  return board;
}

struct GetBoard {
  using Input = Nothing;
  using Output = BoardShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/caller/board",
            .name = "get_board",
            .summary = "Callers who want to be seen, by conversations, not by dials.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input&) {
    return board_of(context, TRY(caller_of(context)));
  }
};

struct ShowOnBoard {
  struct Input {
    bool shown = false;
    static Fields fields() {
      return {field("shown", &Input::shown, "Whether others see the caller.")};
    }
  };
  using Output = BoardShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/board",
            .name = "show_on_board",
            .summary = "A caller wants to be seen on the board, or no longer.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const phonebank::Caller caller = TRY(caller_of(context));
    context.services().phonebank.supervision().show_on_board(caller, input.shown,
                                                             context.deadline());
    return board_of(context, caller);
  }
};

}  // namespace

void add_rooms(Registrar& registrar) {
  registrar.add<GetRoom>();
  registrar.add<SetRoom>();
  registrar.add<ListOtherRooms>();
  registrar.add<GoToRoom>();
  registrar.add<GetBoard>();
  registrar.add<ShowOnBoard>();
}

}  // namespace hustings::api
