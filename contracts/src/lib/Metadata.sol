// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DynamicBufferLib} from "solady/utils/DynamicBufferLib.sol";
import {LibString} from "solady/utils/LibString.sol";
import {Receipt} from "../Types.sol";
import {Encode} from "./Encode.sol";
import {JsonText} from "./JsonText.sol";

/// The canonical metadata JSON: fixed keys, fixed order, no spaces. Its sha-256 is the token id, so a byte here is a byte
/// forever; `lib/protocol/metadata.ts` is the twin and `test/vectors/metadata.json` holds both to it.
library Metadata {
    using DynamicBufferLib for DynamicBufferLib.DynamicBuffer;

    uint8 internal constant RAW = 0x55;
    uint8 internal constant DAG_PB = 0x70;
    uint256 internal constant MAX_LABEL_BYTES = 128;
    uint256 internal constant MAX_TRAITS_BYTES = 1024;

    error BadCodec(uint8 codec);
    error BadLabel();
    error BadTraits();

    /// @param domain Where the receipt lives: base address of `external_url`, and the receipt's EIP-712 digest.
    struct Place {
        bytes base;
        bytes32 receiptDigest;
    }

    function render(
        Place memory place,
        Receipt calldata receipt,
        uint8 codec,
        bytes32 image,
        string calldata label,
        bytes calldata traits
    ) internal view returns (bytes memory) {
        if (codec != RAW && codec != DAG_PB) revert BadCodec(codec);
        uint256 labelBytes = bytes(label).length;
        if (labelBytes == 0 || labelBytes > MAX_LABEL_BYTES || !JsonText.isSafe(bytes(label))) revert BadLabel();
        bytes memory file = Encode.cid(codec, image);
        (bytes32 content0, bytes32 content1) = Encode.hex32(receipt.content);
        bytes memory head = abi.encodePacked(
            '{"name":"', label, '","image":"ipfs://', file, '","external_url":"', place.base, content0, content1
        );
        head = abi.encodePacked(head, '","attributes":[', attributes(traits), '],"prompt":"0x', _hex(receipt.promptHash));
        head = abi.encodePacked(
            head, '","aigc_type":"image","aigc_data":"ipfs://', file, '","proof_type":"attestation","provenance":'
        );
        return abi.encodePacked(head, provenance(place.receiptDigest, receipt, content0, content1));
    }

    /// The receipt in full, with the chain and collection it was signed for: enough to recompute its digest.
    function provenance(bytes32 receiptDigest, Receipt calldata receipt, bytes32 content0, bytes32 content1)
        internal
        view
        returns (bytes memory)
    {
        (bytes32 address0, bytes8 address1) = Encode.hex20(address(this));
        bytes memory head = abi.encodePacked(
            '{"chain_id":"',
            LibString.toString(block.chainid),
            '","collection":"0x',
            address0,
            address1,
            '","receipt":"0x',
            _hex(receiptDigest),
            '","version":"0x',
            _hex(receipt.version),
            '","seed":"'
        );
        head = abi.encodePacked(
            head, LibString.toString(receipt.seed), '","params_hash":"0x', _hex(receipt.paramsHash), '","content":"0x'
        );
        return abi.encodePacked(
            head, content0, content1, '","parent":"0x', _hex(receipt.parent), '","evolve":null}}'
        );
    }

    /// Length-prefixed pairs (one byte of length, then that many bytes; name, value, name, value ...) as ERC-721 attributes.
    function attributes(bytes calldata traits) internal pure returns (bytes memory) {
        if (traits.length == 0) return "";
        if (traits.length > MAX_TRAITS_BYTES) revert BadTraits();
        DynamicBufferLib.DynamicBuffer memory out;
        out.reserve(traits.length * 10);
        uint256 at;
        while (at < traits.length) {
            if (at > 0) out.p(",");
            bytes calldata name = _field(traits, at);
            at += 1 + name.length;
            bytes calldata value = _field(traits, at);
            at += 1 + value.length;
            out.p('{"trait_type":"', name, '","value":"', value, '"}');
        }
        return out.data;
    }

    function _field(bytes calldata traits, uint256 at) private pure returns (bytes calldata field) {
        if (at >= traits.length) revert BadTraits();
        uint256 end = at + 1 + uint8(traits[at]);
        if (end == at + 1 || end > traits.length) revert BadTraits();
        field = traits[at + 1:end];
        if (!JsonText.isSafe(field)) revert BadTraits();
    }

    function _hex(bytes32 word) private pure returns (bytes memory) {
        (bytes32 high, bytes32 low) = Encode.hex32(word);
        return abi.encodePacked(high, low);
    }
}
