/** A password that scores less is weak: a hundred million guesses find it (zxcvbn's scores go from 0 to 4). */
export const WEAK = 3;
