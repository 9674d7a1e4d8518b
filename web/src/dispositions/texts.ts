export const t = {
  title: "Dispositions",
  lead: "What a call may come to. The campaign can add its own; each has the effects of a " +
    "built-in one, so that queues, counts and bars work the same.",
  columns: { title: "What callers choose", key: "Key", effects: "What follows", van: "VAN code" },
  own: "own",
  hidden: "not offered",
  edit: "Change",
  add: "Add one",
  addTitle: "A disposition of the campaign",
  editTitle: (title: string) => `Change “${title}”`,
  words: "What callers read",
  key: "Key",
  keyHint: "For results and the API: small letters, like has_ballot. It stays.",
  base: "Has the effects of",
  van: "Result code in VAN",
  vanHint: "Empty: none. Committees may have codes of their own.",
  offered: "Callers may choose it",
  submit: "Save",
  effects: {
    ends: "not called again here", retry: "tried again", number: "number barred everywhere",
    voter: "voter barred everywhere", spoken: "a conversation",
  },
};
