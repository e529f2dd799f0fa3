/** A problem that its message explains to the person who ran the program. */
export class Failure extends Error {}
