// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base64} from "solady/utils/Base64.sol";
import {LibString} from "solady/utils/LibString.sol";
import {Encode} from "../src/lib/Encode.sol";
import {TierTerms} from "../src/PassTypes.sol";
import {PassFixture} from "./PassFixture.sol";

contract PassMetadataTest is PassFixture {
    string private constant HEAD = '{"name":"Studio, a month #1","image":"ipfs://';

    function testAPassTellsWhenItExpires() public {
        _expect(_buy(MOVABLE), 0x55, "yes", '{"display_type":"date","trait_type":"Expires","value":1802592000}');
    }

    function testASoulboundPassSaysSo() public {
        _expect(_buy(SOULBOUND), 0x55, "no", '{"display_type":"date","trait_type":"Expires","value":1802592000}');
    }

    function testAPerpetualPassNeverExpires() public {
        _expect(_buy(PERPETUAL), 0x55, "yes", '{"trait_type":"Expires","value":"never"}');
    }

    function testACancelledPassSaysSo() public {
        uint256 tokenId = _buy(MOVABLE);
        vm.prank(collector);
        passes.cancelSubscription(tokenId);
        _expect(tokenId, 0x55, "yes", '{"trait_type":"Expires","value":"cancelled"}');
    }

    function testABigPictureHasAnotherCodec() public {
        TierTerms memory terms = _tier();
        (terms.codec, terms.duration) = (0x70, 0);
        vm.prank(creator);
        passes.addTier(terms);
        _expect(_buy(4), 0x70, "yes", '{"trait_type":"Expires","value":"never"}');
    }

    function _expect(uint256 tokenId, uint8 codec, string memory moves, string memory expires) private view {
        string memory text = passes.tokenURI(tokenId);
        string memory prefix = "data:application/json;base64,";
        vm.assertTrue(LibString.startsWith(text, prefix));
        string memory json = string(Base64.decode(LibString.slice(text, bytes(prefix).length)));
        bytes memory tail = abi.encodePacked(
            '","attributes":[{"trait_type":"Tier","value":"Studio, a month"},{"trait_type":"Transferable","value":"',
            moves,
            '"},',
            expires,
            "]}"
        );
        bytes memory middle = abi.encodePacked(
            Encode.cid(codec, keccak256("picture")), '","external_url":"', BASE_URL, LibString.toString(tokenId)
        );
        vm.assertEq(json, string(abi.encodePacked(HEAD, middle, tail)));
    }
}
