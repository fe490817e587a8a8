/**
 * Where a message stands, as one number: the row id of the word index. It holds what ranking must know of a message
 * (its conversation, its order there, roughly how long it is, whether a person wrote it), so that thousands of
 * matches are ranked without a look at any other table, and neighbours are found by adding one. Pure.
 *
 * Layout, from the highest bit: conversation pk (27) · order (20) · length step (5) · written by a person (1). 53 bits
 * are the integers a JavaScript number holds exactly.
 */

/** Messages of one conversation that have a place; what comes after them is not indexed. */
export const placesPerConversation = 2 ** 20;
/** The lower half of them is for the branch that is shown, the upper for the others: no two messages share a place. */
export const shownPerConversation = placesPerConversation / 2;
const slotSize = 2 ** 6;
/** Two steps for each doubling of the length. */
export const lengthSteps = 31;
/** Characters a word takes on average with the space after it; lengths are rough on purpose. */
export const charactersPerWord = 5.5;

/** Conversation and order without the rest: consecutive messages have consecutive slots. */
export const slotOf = (place: number): number => Math.floor(place / slotSize);

export const conversationOfSlot = (slot: number): number => Math.floor(slot / placesPerConversation);

/** Whether the message stands on another branch than the one that is shown. */
export const isOnOtherBranch = (place: number): boolean =>
  slotOf(place) % placesPerConversation >= shownPerConversation;

export const isHuman = (place: number): boolean => place % 2 === 1;

const wordsOfStep = Float64Array.from({ length: lengthSteps + 1 }, (_, step) => 2 ** ((step + 0.5) / 2) - 1);

/** Words in the message, to within a fifth. */
export const wordsAt = (place: number): number => wordsOfStep[Math.floor((place % slotSize) / 2)] ?? 0;

/** The first place of a slot; the one place in use lies in `[first, first + 63]`. */
export const firstPlaceOfSlot = (slot: number): number => slot * slotSize;
export const lastPlaceOfSlot = (slot: number): number => slot * slotSize + slotSize - 1;
