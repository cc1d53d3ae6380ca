// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Receipt} from "../Types.sol";
import {Encode} from "./Encode.sol";
import {JsonText} from "./JsonText.sol";
import {End, Text} from "./Text.sol";

/// The canonical metadata JSON: fixed keys, fixed order, no spaces. Its sha-256 is the token id, so a byte here is a byte
/// forever; `lib/protocol/metadata.ts` is the twin and `test/vectors/protocol.json` holds both to it.
library Metadata {
    uint8 internal constant RAW = 0x55;
    uint8 internal constant DAG_PB = 0x70;
    uint256 internal constant MAX_LABEL_BYTES = 128;
    uint256 internal constant MAX_TRAITS_BYTES = 1024;

    error BadCodec(uint8 codec);
    error BadLabel();
    error BadTraits();

    /// The JSON of a record in the collection that runs this: `external_url` starts with the clone's immutable argument, and
    /// `provenance` is the receipt with the chain and collection it was signed for, enough with `prompt` to recompute its digest.
    function render(Receipt memory receipt, uint8 codec, bytes32 image, string calldata label, bytes calldata traits)
        internal
        view
        returns (bytes memory)
    {
        End start = Text.open();
        End file = _title(start, bytes(label));
        End content = _file(file, codec, image);
        return Text.close(start, _facts(content, file, receipt, traits));
    }

    function _title(End end, bytes calldata label) private pure returns (End) {
        if (label.length == 0 || label.length > MAX_LABEL_BYTES || !JsonText.isSafe(label)) revert BadLabel();
        return end.put('{"name":"', 9).copy(label).put('","image":"', 11);
    }

    function _file(End end, uint8 codec, bytes32 image) private view returns (End) {
        if (codec != RAW && codec != DAG_PB) revert BadCodec(codec);
        return _cid(end, codec, image).put('","external_url":"', 18).copyArguments();
    }

    /// @param content where the content's hex goes first, and `file` where the file's address stands: both are repeated below
    function _facts(End content, End file, Receipt memory receipt, bytes calldata traits)
        private
        view
        returns (End end)
    {
        end = _hex(content, receipt.content).put('","attributes":[', 16);
        end = _attributes(end, traits).put('],"prompt":"0x', 14);
        return _provenance(_aigc(end, receipt, file), receipt, content);
    }

    function _aigc(End end, Receipt memory receipt, End file) private pure returns (End) {
        end = _hex(end, receipt.promptHash).put('","aigc_type":"image","aigc_data', 32).put('":"', 3).repeat(file, 66);
        return end.put('","proof_type":"attestation","pr', 32).put('ovenance":{"chain_id":"', 23);
    }

    function _provenance(End end, Receipt memory receipt, End content) private view returns (End) {
        end = _decimal(end, uint64(block.chainid)).put('","collection":"0x', 18);
        end = _hex(end, address(this)).put('","version":"0x', 15);
        end = _hex(end, receipt.version).put('","seed":"', 10);
        end = _decimal(end, receipt.seed).put('","params_hash":"0x', 19);
        end = _hex(end, receipt.paramsHash).put('","content":"0x', 15).repeat(content, 64).put('","parent":"0x', 14);
        return _hex(end, receipt.parent).put('","evolve":null}}', 17);
    }

    function attributes(bytes calldata traits) internal pure returns (bytes memory) {
        End start = Text.open();
        return Text.close(start, _attributes(start, traits));
    }

    /// Length-prefixed pairs (one byte of length, then that many bytes; name, value, name, value ...) as ERC-721 attributes.
    function _attributes(End end, bytes calldata traits) private pure returns (End) {
        if (traits.length > MAX_TRAITS_BYTES) revert BadTraits();
        uint256 cursor;
        while (cursor < traits.length) {
            if (cursor > 0) end = end.put(",", 1);
            bytes calldata field = _field(traits, cursor);
            end = end.put('{"trait_type":"', 15).copy(field).put('","value":"', 11);
            cursor += 1 + field.length;
            field = _field(traits, cursor);
            end = end.copy(field).put('"}', 2);
            cursor += 1 + field.length;
        }
        return end;
    }

    function _field(bytes calldata traits, uint256 cursor) private pure returns (bytes calldata field) {
        if (cursor >= traits.length) revert BadTraits();
        uint256 end = cursor + 1 + uint8(traits[cursor]);
        if (end == cursor + 1 || end > traits.length) revert BadTraits();
        field = traits[cursor + 1:end];
        if (!JsonText.isSafe(field)) revert BadTraits();
    }

    /// `ipfs://` and the CID, 66 characters.
    function _cid(End end, uint8 codec, bytes32 digest) private pure returns (End) {
        (bytes32 first, bytes32 last) = Encode.cid58(codec, digest);
        return end.put("ipfs://b", 8).put(first, 32).put(last, 26);
    }

    function _hex(End end, bytes32 word) private pure returns (End) {
        (bytes32 high, bytes32 low) = Encode.hex32(word);
        return end.put(high, 32).put(low, 32);
    }

    function _hex(End end, address account) private pure returns (End) {
        (bytes32 high, bytes32 low) = Encode.hex20(account);
        return end.put(high, 32).put(low, 8);
    }

    function _decimal(End end, uint64 value) private pure returns (End) {
        (bytes32 digits, uint256 size) = Encode.decimal(value);
        return end.put(digits, size);
    }
}
