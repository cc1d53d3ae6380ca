// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ECDSA} from "solady/utils/ECDSA.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";

/// Who signed a digest.
library Signatures {
    /// ecrecover first (an account with delegated code still signs with its key), ERC-1271 if that is not it. 64 bytes (EIP-2098),
    /// 65, or whatever a contract understands. A signature's malleable twin is no harm: nothing is keyed by signatures. Nobody
    /// (zero) signs nothing, although a broken signature recovers to it.
    function isSigner(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (signer == address(0)) return false;
        return ECDSA.tryRecoverCalldata(digest, signature) == signer
            || SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
