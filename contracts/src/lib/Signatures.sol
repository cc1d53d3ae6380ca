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
            mstore(add(m, 0x40), calldataload(signature.offset)) // r
            let s := calldataload(add(signature.offset, 0x20))
            switch signature.length
            case 64 {
                mstore(add(m, 0x20), add(shr(255, s), 27)) // v
                mstore(add(m, 0x60), shr(1, shl(1, s)))
            }
            case 65 {
                mstore(add(m, 0x20), byte(0, calldataload(add(signature.offset, 0x40)))) // v
                mstore(add(m, 0x60), s)
            }
            default { mstore(add(m, 0x20), 0) } // recovers nobody
            mstore(0x00, 0) // what a failed recovery leaves
            pop(staticcall(gas(), 1, m, 0x80, 0x00, 0x20))
            signed := iszero(or(iszero(signer), xor(mload(0x00), signer)))
        }
        if (signed || signer == address(0)) return signed;
        return SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
