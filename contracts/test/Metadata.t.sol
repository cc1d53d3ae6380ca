// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Encode} from "../src/lib/Encode.sol";
import {EvolveTerms} from "../src/lib/EvolveTerms.sol";
import {Fixture, Work} from "./Fixture.sol";

/// The metadata as one would write it down, piece after piece, equals what the collection renders.
contract MetadataTest is Fixture {
    function testFuzzTheFirstMetadataEqualsThePlainText(Work memory given, uint256 n, bytes29 terms) public view {
        Work memory work = _clean(given, n);
        if (n % 5 < 2) work.evolve = bytes29(uint232(n % 5 + 1) << 224 | uint224(uint232(terms)));
        string memory plain = string.concat(_plain(work), ',"evolve":', _plainTerms(work.evolve), "}}");
        vm.assertEq(collection.renderMetadata(_record(work)), plain);
    }

    function testFuzzAStepsMetadataEqualsThePlainText(Work memory given, uint256 n, uint256 token, bytes32 previous)
        public
        view
    {
        Work memory work = _clean(given, n);
        bytes memory record = bytes.concat(_recordHead(work), sha256(bytes(work.params)));
        string memory plain = string.concat(_plain(work), ',"token":"', _hex(abi.encodePacked(bytes32(token))));
        plain = string.concat(plain, '","previous":"', _hex(abi.encodePacked(previous)), '"}}');
        vm.assertEq(collection.renderStep(token, previous, record), plain);
    }

    /// Any numbers, but texts that are allowed.
    function _clean(Work memory given, uint256 n) private view returns (Work memory work) {
        work = given;
        work.codec = n % 2 == 0 ? 0x55 : 0x70;
        work.label = n % 3 == 0 ? LABEL : unicode"Größe №1, a label of more than thirty-two bytes";
        work.traits = n % 3 == 1 ? bytes("") : n % 3 == 2 ? TRAITS : bytes.concat(TRAITS, TRAITS);
        work.evolve = 0;
        if (n % 7 == 0) work.parent = 0;
    }

    function _plain(Work memory work) private view returns (string memory text) {
        string memory file = string.concat("ipfs://", string(Encode.cid(work.codec, work.image)));
        text = string.concat('{"name":"', work.label, '","image":"', file, '","external_url":"', BASE_URL);
        text = string.concat(
            text,
            string(_slice(bytes(_hex(abi.encodePacked(work.content))), 2, 66)),
            '","attributes":[',
            _plainTraits(work.traits.length)
        );
        text = string.concat(
            text, '],"prompt":"', _hex(abi.encodePacked(work.promptHash)), '","aigc_type":"image","aigc_data":"'
        );
        text = string.concat(text, file, '","proof_type":"attestation","provenance":{"version":"');
        text = string.concat(text, _hex(abi.encodePacked(work.version)), '","seed":"', vm.toString(uint256(work.seed)));
        text = string.concat(
            text, '","params_hash":"', _hex(abi.encodePacked(sha256(bytes(work.params)))), '","content":"'
        );
        text = string.concat(
            text, _hex(abi.encodePacked(work.content)), '","parent":"', _hex(abi.encodePacked(work.parent)), '"'
        );
    }

    function _plainTraits(uint256 length) private pure returns (string memory) {
        string memory one = '{"trait_type":"Palette","value":"Ash"}';
        return length == 0 ? "" : length == TRAITS.length ? one : string.concat(one, ",", one);
    }

    function _plainTerms(bytes29 terms) private pure returns (string memory text) {
        if (terms == 0) return "null";
        text = string.concat('{"by":"', terms[0] == 0x01 ? "anyone" : "holder", '","rule":"');
        text = string.concat(text, _hex(abi.encodePacked(EvolveTerms.rule(terms))), '","until":"');
        return string.concat(text, vm.toString(uint256(EvolveTerms.until(terms))), '"}');
    }

    function _hex(bytes memory data) private pure returns (string memory) {
        bytes memory out = new bytes(data.length * 2);
        for (uint256 i; i < out.length; ++i) {
            uint8 nibble = i % 2 == 0 ? uint8(data[i / 2]) >> 4 : uint8(data[i / 2]) & 15;
            out[i] = bytes("0123456789abcdef")[nibble];
        }
        return string.concat("0x", string(out));
    }
}
