// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";

/// Who signed a digest. `test/Signatures.t.sol` holds Solady's recovery, which this must equal.
library Signatures {
    /// ecrecover first (an account with delegated code still signs with its key), ERC-1271 if that is not it. 64 bytes (EIP-2098),
    /// 65, or whatever a contract understands. A signature's malleable twin is no harm: nothing is keyed by signatures. Nobody
    /// (zero) signs nothing, although a broken signature recovers to it.
    function isSigner(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool signed) {
        assembly ("memory-safe") {
            signer := shr(96, shl(96, signer)) // Solidity may leave the upper bits dirty
            let m := mload(0x40)
            mstore(m, digest)
            let s := calldataload(add(signature.offset, 0x20))
            let v := add(shr(255, s), 27)
            if eq(signature.length, 65) { v := byte(0, calldataload(add(signature.offset, 0x40))) }
            if eq(signature.length, 64) { s := shr(1, shl(1, s)) }
            if eq(shr(1, signature.length), 32) {
                mstore(add(m, 0x20), v)
                mstore(add(m, 0x40), calldataload(signature.offset)) // r
                mstore(add(m, 0x60), s)
                mstore(0x00, 0) // what a failed recovery leaves
                pop(staticcall(gas(), 1, m, 0x80, 0x00, 0x20))
                signed := mul(eq(mload(0x00), signer), signer)
            }
            signed := iszero(iszero(signed))
        }
        if (signed || signer == address(0)) return signed;
        return SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
