/**
 * The number of the newest schema of a space, known on both sides of the pipe: to the engine, which has the steps that lead
 * there, and to the gateway, which must tell who is behind without opening anything. A test holds the two together.
 */
export const spaceSchemaVersion = 6;
