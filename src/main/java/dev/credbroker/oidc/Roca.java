package dev.credbroker.oidc;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mark of RSA keys that a faulty library made, and that can be factored (CVE-2017-15361): modulo small primes they
 * are all powers of 65537. A sound key has it with a chance below 2^-27.
 *
 * @see <a href="https://crocs.fi.muni.cz/public/papers/rsa_ccs17">The Return of Coppersmith's Attack, section 4</a>
 */
final class Roca {

    private static final int LARGEST_PRIME = 167;

    private static final List<Residues> MARKS = IntStream.rangeClosed(3, LARGEST_PRIME)
            .filter(n -> BigInteger.valueOf(n).isProbablePrime(30))
            .mapToObj(Residues::ofPowers)
            .toList();

    private Roca() {}

    static boolean suspects(BigInteger modulus) {
        return MARKS.stream().allMatch(mark -> mark.contain(modulus));
    }

    private record Residues(int prime, BitSet residues) {

        static Residues ofPowers(int prime) {
            BitSet residues = new BitSet(prime);
            for (int power = 1; !residues.get(power); power = (int) (power * 65_537L % prime)) {
                residues.set(power);
            }
            return new Residues(prime, residues);
        }

        boolean contain(BigInteger number) {
            return residues.get(number.mod(BigInteger.valueOf(prime)).intValue());
        }
    }
}
