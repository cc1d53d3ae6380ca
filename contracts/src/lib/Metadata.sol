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

    /// @param base what `external_url` starts with
    function render(
        bytes memory base,
        Receipt memory receipt,
        uint8 codec,
        bytes32 image,
        string calldata label,
        bytes calldata traits
    ) internal view returns (bytes memory) {
        if (codec != RAW && codec != DAG_PB) revert BadCodec(codec);
        _checkLabel(bytes(label));
        bytes memory file = Encode.cid(codec, image);
        return bytes.concat(
            _head(label, file, base, receipt.content),
            _aigc(attributes(traits), receipt.promptHash, file),
            _provenance(receipt)
        );
    }

    function _head(string calldata label, bytes memory file, bytes memory base, bytes32 content)
        private
        pure
        returns (bytes memory)
    {
        (bytes32 c0, bytes32 c1) = Encode.hex32(content);
        return abi.encodePacked('{"name":"', label, '","image":"ipfs://', file, '","external_url":"', base, c0, c1);
    }

    function _aigc(bytes memory attributes_, bytes32 promptHash, bytes memory file) private pure returns (bytes memory) {
        (bytes32 p0, bytes32 p1) = Encode.hex32(promptHash);
        return abi.encodePacked(
            '","attributes":[',
            attributes_,
            '],"prompt":"0x',
            p0,
            p1,
            '","aigc_type":"image","aigc_data":"ipfs://',
            file,
            '","proof_type":"attestation","provenance":{"chain_id":"'
        );
    }

    /// The receipt with the chain and collection it was signed for: enough, with `prompt`, to recompute its digest.
    function _provenance(Receipt memory receipt) private view returns (bytes memory) {
        (bytes32 a0, bytes8 a1) = Encode.hex20(address(this));
        (bytes32 v0, bytes32 v1) = Encode.hex32(receipt.version);
        (bytes32 h0, bytes32 h1) = Encode.hex32(receipt.paramsHash);
        bytes memory head = abi.encodePacked(
            LibString.toString(block.chainid), '","collection":"0x', a0, a1, '","version":"0x', v0, v1, '","seed":"'
        );
        head = abi.encodePacked(head, LibString.toString(receipt.seed), '","params_hash":"0x', h0, h1);
        (bytes32 c0, bytes32 c1) = Encode.hex32(receipt.content);
        (bytes32 p0, bytes32 p1) = Encode.hex32(receipt.parent);
        return abi.encodePacked(head, '","content":"0x', c0, c1, '","parent":"0x', p0, p1, '","evolve":null}}');
    }

    /// Length-prefixed pairs (one byte of length, then that many bytes; name, value, name, value ...) as ERC-721 attributes.
    function attributes(bytes calldata traits) internal pure returns (bytes memory) {
        if (traits.length == 0) return "";
        if (traits.length > MAX_TRAITS_BYTES) revert BadTraits();
        DynamicBufferLib.DynamicBuffer memory out;
        out.reserve(traits.length * 10);
        uint256 cursor;
        while (cursor < traits.length) {
            if (cursor > 0) out.p(",");
            bytes calldata name = _field(traits, cursor);
            cursor += 1 + name.length;
            bytes calldata value = _field(traits, cursor);
            cursor += 1 + value.length;
            out.p('{"trait_type":"', name, '","value":"', value, '"}');
        }
        return out.data;
    }

    function _field(bytes calldata traits, uint256 cursor) private pure returns (bytes calldata field) {
        if (cursor >= traits.length) revert BadTraits();
        uint256 end = cursor + 1 + uint8(traits[cursor]);
        if (end == cursor + 1 || end > traits.length) revert BadTraits();
        field = traits[cursor + 1:end];
        if (!JsonText.isSafe(field)) revert BadTraits();
    }

    function _checkLabel(bytes calldata label) private pure {
        if (label.length == 0 || label.length > MAX_LABEL_BYTES || !JsonText.isSafe(label)) revert BadLabel();
    }
}
