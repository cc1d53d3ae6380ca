// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {MintRequest, Receipt, Voucher} from "../Types.sol";

/// EIP-712 struct hashes of the two signed structs. Every field is static, so `abi.encode` is the encoding of the standard.
library TypedData {
    bytes32 internal constant RECEIPT_TYPEHASH = keccak256(
        "Receipt(bytes32 version,uint64 seed,bytes32 paramsHash,bytes32 promptHash,bytes32 content,bytes32 parent)"
    );
    bytes32 internal constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(bytes32 receipt,address to,uint96 price,uint64 captured,uint64 deadline,bytes32 label,bytes32 traits,uint8 codec,bytes32 image,bytes32 evolve)"
    );

    /// keccak-256 of no bytes: the only evolve terms there are.
    bytes32 internal constant NO_EVOLVE = keccak256("");

    function hash(Receipt memory receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECEIPT_TYPEHASH, receipt));
    }

    function hash(Voucher calldata voucher) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER_TYPEHASH, voucher));
    }

    /// The voucher of a mint: its hashes are computed from what they stand for, never taken from the caller.
    function voucherHash(MintRequest calldata request, bytes32 receiptDigest) internal pure returns (bytes32) {
        bytes32 label = EfficientHashLib.hashCalldata(bytes(request.label));
        bytes32 traits = EfficientHashLib.hashCalldata(request.traits);
        return keccak256(
            abi.encode(
                VOUCHER_TYPEHASH,
                receiptDigest,
                request.to,
                request.price,
                request.captured,
                request.deadline,
                label,
                traits,
                request.codec,
                request.image,
                NO_EVOLVE
            )
        );
    }

    function digest(bytes32 domainSeparator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", domainSeparator, structHash));
    }
}
